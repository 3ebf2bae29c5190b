import { Link } from '@tanstack/react-router'
import type { z } from 'zod'
import { listOf } from '../../../contract/fact-kinds.ts'
import type { readRecords } from '../../../contract/measurement.ts'
import { type Column, Grid } from '../../ui/grid.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Empty } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'

type Measured = z.output<typeof readRecords.reply>['items'][number]

/** The records behind a figure, each with its own part in it and the place it came from. */
export function MeasuredGrid({ records }: { records: Measured[] }) {
  const { t, label } = useWords()
  const { stamp, value } = useNumbers()
  const part = (record: Measured) => {
    if (record.inNumerator !== null)
      return record.inNumerator ? (
        <Mark kind="good" word={t('measured.in')} />
      ) : (
        <Mark kind="none" word={t('measured.out')} />
      )
    return record.value === null ? null : value(record.value, record.measuredIn)
  }
  const columns: Column<Measured>[] = [
    { key: 'number', title: t('record.number'), cell: (record) => <RecordNumber record={record} /> },
    { key: 'at', title: t('record.time'), cell: ({ at }) => <span className="number">{stamp(at)}</span> },
    { key: 'part', title: t('measured.part'), right: true, cell: part },
    { key: 'unit', title: t('record.unit'), wide: true, cell: (record) => record.unit },
    { key: 'agent', title: t('record.agent'), wide: true, cell: (record) => record.agent },
    { key: 'product', title: t('record.product'), wide: true, clip: true, cell: (record) => record.product },
    {
      key: 'kind',
      title: t('record.kind'),
      wide: true,
      cell: ({ kind }) => <span className="number">{label('factKind', kind)}</span>,
    },
    {
      key: 'from',
      title: t('record.provenance'),
      wide: true,
      clip: true,
      cell: ({ fileName, line }) =>
        fileName === null ? t('record.byHand') : t('record.fileLine', { file: fileName, line: line ?? '—' }),
    },
  ]
  return (
    <Grid
      caption={t('measured.caption')}
      columns={columns}
      rows={records}
      // An order that was opened again stands there with each of its episodes.
      keyOf={(record) => `${record.kind} ${record.id} ${record.at}`}
      empty={<Empty title={t('measured.none')} />}
    />
  )
}

function RecordNumber({ record }: { record: Measured }) {
  return (
    <Link className="number" to={`/records/${listOf[record.kind]}/$id`} params={{ id: record.id }}>
      {record.externalId}
    </Link>
  )
}
