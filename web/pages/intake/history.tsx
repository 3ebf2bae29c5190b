import { useQuery } from '@tanstack/react-query'
import { listImports } from '../../../contract/intake.ts'
import { call } from '../../call.ts'
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
  const list = useQuery({
    queryKey: ['imports', current],
    queryFn: ({ signal }) => call(listImports, { query: { limit: 20 }, signal }),
    refetchInterval: ({ state }) => (state.data?.items.some(isRunning) ? 3 * pollMs : false),
  })
  if (list.error) return <Failure error={list.error} onRetry={() => void list.refetch()} />
  if (!list.data || list.data.items.length === 0) return null
  return (
    <>
      <h2>{t('import.history')}</h2>
      <Grid
        caption={t('import.history')}
        rows={list.data.items}
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
          { key: 'source', title: t('provenance.source'), wide: true, cell: ({ source }) => source },
          { key: 'rows', title: t('import.rows'), right: true, cell: ({ rows }) => count(rows) },
          {
            key: 'rejected',
            title: t('import.rejected'),
            right: true,
            cell: ({ rejected }) => count(rejected),
          },
          {
            key: 'state',
            title: t('board.status'),
            cell: ({ state }) => <Mark kind={batchMark[state]} word={label('batch', state)} />,
          },
        ]}
      />
    </>
  )
}
