import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { kindFields, type Preview } from '../../../contract/intake.ts'
import { keepsUnused } from '../../../contract/intake-shapes.ts'
import { call } from '../../call.ts'
import { Grid } from '../../ui/grid.tsx'
import { Mark } from '../../ui/mark.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import type { Mapping } from './draft.ts'
import type { Kind } from './import.tsx'

interface Props {
  kind: Kind
  preview: Preview
  mapping: Mapping
  onChange: (mapping: Mapping) => void
}

/** Below this a guess is shown with a question mark. */
const sure = 0.8

/** Column by column: where it goes, how sure that is, and what stands in it. */
export function MappingTable({ kind, preview, mapping, onChange }: Props) {
  const { t, said } = useWords()
  const { percent } = useNumbers()
  const fields = useQuery({
    queryKey: ['fields', kind],
    queryFn: () => call(kindFields, { params: { kind } }),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const columns = mapping.columns ?? {}
  const fieldOf = (column: string): string | undefined => {
    const to = columns[column]
    return typeof to === 'string' ? to : to?.field
  }
  const choose = (column: string, field: string | null) => {
    // A field goes to one column: choosing it here takes it from where it was.
    const others = Object.entries(columns).filter(
      ([name, to]) => name !== column && (typeof to === 'string' ? to : to.field) !== field,
    )
    onChange({
      ...mapping,
      columns: Object.fromEntries(field === null ? others : [...others, [column, field]]),
    })
  }
  const items = fields.data?.items ?? []
  const doubtOf = (column: string) => {
    const guess = preview.guesses.find((one) => one.column === column && one.field === fieldOf(column))
    return guess && guess.confidence < sure && preview.mappedBy !== 'memory' ? guess : undefined
  }
  const blank = (i: number) => preview.sample.length > 0 && preview.sample.every((row) => !row[i])
  return (
    <Grid
      caption={t('import.mapping')}
      rows={preview.header.map((column, i) => ({ column, i }))}
      keyOf={({ i }) => String(i)}
      columns={[
        { key: 'column', title: t('provenance.column'), cell: ({ column }) => <b>{column}</b> },
        {
          key: 'field',
          title: t('import.field'),
          cell: ({ column }) => (
            <Select
              className="mapping-field"
              size="small"
              aria-label={t('import.fieldOf', { column })}
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={t(keepsUnused(kind) ? 'import.unmapped' : 'import.dropped')}
              value={fieldOf(column) ?? null}
              onChange={(field: string | null | undefined) => choose(column, field ?? null)}
              options={items.map((field) => ({
                value: field.name,
                label: field.required ? `${said(field)} *` : said(field),
              }))}
            />
          ),
        },
        {
          key: 'sure',
          title: t('import.guess'),
          cell: ({ column, i }) => {
            const doubt = doubtOf(column)
            // A blank column tells nothing about itself: a name that is known is enough.
            if (doubt && !(blank(i) && doubt.why !== 'similar'))
              return <Mark kind="warn" word={t('import.doubtful', { p: percent(doubt.confidence) })} />
            if (fieldOf(column) && blank(i)) return <Mark kind="none" word={t('import.blankColumn')} />
            return fieldOf(column) ? (
              <Mark kind="good" word={t('import.certain')} />
            ) : (
              <Mark kind="none" word={t('import.keptExtra')} />
            )
          },
        },
        {
          key: 'sample',
          title: t('import.sample'),
          clip: true,
          cell: ({ i }) =>
            preview.sample
              .slice(0, 3)
              .map((row) => row[i] || '—')
              .join(' · '),
        },
      ]}
    />
  )
}
