import { useQuery } from '@tanstack/react-query'
import { productsQuery, useMe } from '../../session.ts'
import { Choose } from '../../ui/choose.tsx'
import { useWords } from '../../words.ts'

interface Props {
  unit: string | undefined
  product: string | undefined
  onChange: (changed: { unit?: string | undefined; product?: string | undefined }) => void
}

const asOption = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name })

/** Unit and product; with nothing chosen, all the reader may see. */
export function BoardFilters({ unit, product, onChange }: Props) {
  const { t } = useWords()
  const products = useQuery(productsQuery)
  return (
    <>
      <UnitChoice value={unit} onChange={(chosen) => onChange({ unit: chosen })} />
      <Choose
        label={t('filter.product')}
        all={t('filter.allProducts')}
        value={product}
        onChange={(chosen) => onChange({ product: chosen })}
        options={products.data?.items.map(asOption) ?? []}
      />
    </>
  )
}

interface UnitProps {
  value: string | undefined
  onChange: (unit: string | undefined) => void
}

export function UnitChoice({ value, onChange }: UnitProps) {
  const { t } = useWords()
  const me = useMe()
  return (
    <Choose
      label={t('filter.unit')}
      all={t(me.whole ? 'filter.allUnits' : 'filter.myUnits')}
      value={value}
      onChange={onChange}
      options={me.units.map(asOption)}
    />
  )
}
