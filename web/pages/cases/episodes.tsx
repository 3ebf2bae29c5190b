import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { type Episode, editWorkOrder, type WorkOrder } from '../../../contract/cases.ts'
import { call } from '../../call.ts'
import { useMe } from '../../session.ts'
import { Detail } from '../../ui/states.tsx'
import { say } from '../../ui/toast.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { Verdict } from './clocks.tsx'

/** When the order was open again after its first solution, each time against its limit, and the way to open it again. */
export function Episodes({ order }: { order: WorkOrder }) {
  const { t } = useWords()
  const me = useMe()
  const queries = useQueryClient()
  const saving = useMutation({
    mutationFn: ({ episodes, version }: { episodes: Episode[]; version: number }) =>
      call(editWorkOrder, { params: { id: order.id }, body: { version, episodes } }),
    onSuccess: async (saved, { episodes }) => {
      const undo = () => saving.mutate({ episodes: before, version: saved.version })
      say(t(episodes.at(-1)?.resolvedAt === null ? 'episode.opened' : 'episode.solved'), undo)
      await queries.invalidateQueries({ queryKey: ['work-orders'] })
    },
  })
  const before = order.episodes.map(({ reopenedAt, resolvedAt, agent }) => ({
    reopenedAt,
    resolvedAt,
    agentId: agent?.id ?? null,
  }))
  const open = before.at(-1)?.resolvedAt === null
  const now = () => new Date().toISOString()
  const save = (episodes: Episode[]) => saving.mutate({ episodes, version: order.version })
  const reopen = () => save([...before, { reopenedAt: now(), resolvedAt: null }])
  const solve = () =>
    save(before.map((one) => (one.resolvedAt === null ? { ...one, resolvedAt: now() } : one)))
  return (
    <section className="stack pauses" aria-label={t('episode.title')}>
      <EpisodeList order={order} />
      {saving.error && (
        <div role="alert" className="refusal">
          <Detail error={saving.error} />
        </div>
      )}
      {me.can.write && order.resolvedAt !== null && (
        <div>
          <Button loading={saving.isPending} onClick={open ? solve : reopen}>
            {t(open ? 'episode.solve' : 'episode.reopen')}
          </Button>
        </div>
      )}
    </section>
  )
}

function EpisodeList({ order: { episodes } }: { order: WorkOrder }) {
  const { t } = useWords()
  const { stamp } = useNumbers()
  if (episodes.length === 0) return null
  return (
    <>
      <h3>{t('episode.title')}</h3>
      <ul className="pauses-list">
        {episodes.map(({ reopenedAt, resolvedAt, dueAt, agent }) => (
          <li key={reopenedAt}>
            <span className="number">
              {stamp(reopenedAt)} – {resolvedAt === null ? t('episode.open') : stamp(resolvedAt)}
            </span>
            {agent && <span>{agent.name}</span>}
            {dueAt && (
              <span className="small clocks-due">
                <Verdict at={resolvedAt} due={dueAt} />
                <span className="soft number">{t('order.due', { at: stamp(dueAt) })}</span>
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}
