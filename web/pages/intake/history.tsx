import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { downloadErrors, listImports } from '../../../contract/intake.ts'
import { call } from '../../call.ts'
import { addressOf } from '../../paths.ts'
import { Grid } from '../../ui/grid.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Failure } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { batchMark, isRunning, pollMs } from './batch-result.tsx'

interface Props {
  current: string | undefined
  onOpen: (id: string) => void
}

/** What was brought in before, newest first. */
export function History({ current, onOpen }: Props) {
  const { t, label } = useWords()
  const { stamp, count } = useNumbers()
  const list = useInfiniteQuery({
    queryKey: ['imports', current],
    queryFn: ({ signal, pageParam }) =>
      call(listImports, { query: { limit: 20, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: ({ state }) => (state.data?.pages[0]?.items.some(isRunning) ? 3 * pollMs : false),
  })
  if (list.error) return <Failure error={list.error} onRetry={() => void list.refetch()} />
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? []
  if (rows.length === 0) return null
  return (
    <>
      <h2>{t('import.history')}</h2>
      <Grid
        caption={t('import.history')}
        rows={rows}
        keyOf={({ id }) => id}
        columns={[
          {
            key: 'at',
            title: t('record.time'),
            cell: ({ createdAt }) => <span className="number">{stamp(createdAt)}</span>,
          },
          {
            key: 'file',
            title: t('provenance.file'),
            cell: ({ id, fileName }) => (
              <button type="button" className="door" onClick={() => onOpen(id)}>
                {fileName}
              </button>
            ),
          },
          { key: 'kind', title: t('import.kind'), wide: true, cell: ({ kind }) => label('kind', kind) },
          {
            key: 'source',
            title: t('provenance.source'),
            wide: true,
            cell: ({ kind, source }) => (source === kind ? t('import.sourceDefault') : source),
          },
          {
            key: 'user',
            title: t('import.who'),
            wide: true,
            cell: ({ user }) => user ?? t('import.byCommand'),
          },
          { key: 'rows', title: t('import.rows'), right: true, cell: ({ rows }) => count(rows) },
          {
            key: 'accepted',
            title: t('import.accepted'),
            right: true,
            wide: true,
            cell: ({ accepted }) => count(accepted),
          },
          {
            key: 'updated',
            title: t('import.updated'),
            right: true,
            wide: true,
            cell: ({ updated }) => count(updated),
          },
          {
            key: 'rejected',
            title: t('import.rejected'),
            right: true,
            cell: ({ id, rejected, state }) =>
              rejected > 0 && state === 'done' ? (
                <a
                  href={addressOf(downloadErrors, { params: { id } })}
                  download
                  title={t('import.errorsFile')}
                >
                  {count(rejected)}
                </a>
              ) : (
                count(rejected)
              ),
          },
          {
            key: 'state',
            title: t('board.status'),
            cell: ({ state }) => <Mark kind={batchMark[state]} word={label('batch', state)} />,
          },
        ]}
      />
      {list.hasNextPage && (
        <div className="row import-more">
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('import.older')}
          </Button>
        </div>
      )}
    </>
  )
}
