import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import type { z } from 'zod'
import { kindFields, type previewImport } from '../../../contract/intake.ts'
import { call } from '../../call.ts'
import { Grid } from '../../ui/grid.tsx'
import { Mark } from '../../ui/mark.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import type { Kind } from './import.tsx'
import type { Mapping } from './preview-step.tsx'

interface Props {
  kind: Kind
  preview: z.output<typeof previewImport.reply>
  mapping: Mapping
  onChange: (mapping: Mapping) => void
}

/** Column by column: where it goes, why that was guessed, and what stands in it. */
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
    const { [column]: _before, ...others } = columns
    onChange({ ...mapping, columns: field === null ? others : { ...others, [column]: field } })
  }
  const items = fields.data?.items ?? []
  const taken = new Set(preview.header.map(fieldOf))
  const lacking = items.filter(({ name, required }) => required && !taken.has(name))
  const rows = preview.header.map((column, i) => ({ column, i }))
  return (
    <>
      <div className="row">
        <h3>{t('import.mapping')}</h3>
        {lacking.length > 0 && (
          <Mark kind="bad" word={t('import.lacking', { fields: lacking.map(said).join(', ') })} />
        )}
      </div>
      <Grid
        caption={t('import.mapping')}
        rows={rows}
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
                placeholder={t('import.unmapped')}
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
            key: 'why',
            title: t('import.guess'),
            wide: true,
            cell: ({ column }) => {
              const guess = preview.guesses.find((one) => one.column === column)
              return guess && <span className="soft">{percent(guess.confidence)}</span>
            },
          },
          {
            key: 'sample',
            title: t('import.sample'),
            clip: true,
            cell: ({ i }) =>
              preview.sample
                .slice(0, 3)
                .map((row) => row[i] ?? '—')
                .join(' · '),
          },
        ]}
      />
    </>
  )
}
