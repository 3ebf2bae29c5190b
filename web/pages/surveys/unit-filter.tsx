import { Select } from 'antd'
import { useMe } from '../../session.ts'
import { useWords } from '../../words.ts'

interface Props {
  value: string | undefined
  onChange: (unit: string | undefined) => void
}

export function UnitFilter({ value, onChange }: Props) {
  const { t } = useWords()
  const me = useMe()
  return (
    <div className="page-head">
      <Select
        className="search"
        aria-label={t('filter.unit')}
        placeholder={t(me.whole ? 'filter.allUnits' : 'filter.myUnits')}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        value={value ?? null}
        onChange={(chosen: string | null) => onChange(chosen ?? undefined)}
        options={me.units.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </div>
  )
}
