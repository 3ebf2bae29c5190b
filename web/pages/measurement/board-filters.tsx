import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { productsQuery, useMe } from '../../session.ts'
import { useWords } from '../../words.ts'

interface Props {
  unit: string | undefined
  product: string | undefined
  onChange: (changed: { unit?: string | undefined; product?: string | undefined }) => void
}

/** Unit and product; with nothing chosen, all the reader may see. */
export function BoardFilters({ unit, product, onChange }: Props) {
  const { t } = useWords()
  const me = useMe()
  const products = useQuery(productsQuery)
  return (
    <>
      <Select
        className="board-filter"
        aria-label={t('filter.unit')}
        placeholder={t(me.whole ? 'filter.allUnits' : 'filter.myUnits')}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        value={unit ?? null}
        onChange={(chosen: string | null) => onChange({ unit: chosen ?? undefined })}
        options={me.units.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <Select
        className="board-filter"
        aria-label={t('filter.product')}
        placeholder={t('filter.allProducts')}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
        loading={products.isPending}
        value={product ?? null}
        onChange={(chosen: string | null) => onChange({ product: chosen ?? undefined })}
        options={products.data?.items.map(({ id, name }) => ({ value: id, label: name })) ?? []}
      />
    </>
  )
}
