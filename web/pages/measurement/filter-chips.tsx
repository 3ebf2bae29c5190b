import { useQuery } from '@tanstack/react-query'
import { categoryAsked } from '../../../contract/category-filter.ts'
import { productsQuery, useMe } from '../../session.ts'
import { Chip } from '../../ui/chip.tsx'
import { useWords } from '../../words.ts'
import { useMemberName } from './member-name.ts'

interface Props {
  /** What is narrowed, by name as in the address. */
  given: Record<string, string | undefined>
  onRemove: (name: string) => void
}

/** What the numbers below are narrowed to, each removable. */
export function FilterChips({ given, onRemove }: Props) {
  const { t, label } = useWords()
  const me = useMe()
  const memberName = useMemberName()
  const products = useQuery({ ...productsQuery, enabled: given.product !== undefined })
  const nameOf = (name: string, value: string): string => {
    if (name === 'unit' || name === 'within' || name === 'supplier')
      return me.units.find(({ id }) => id === value)?.name ?? value
    if (name === 'product') return products.data?.items.find(({ id }) => id === value)?.name ?? value
    if (name !== 'category') return memberName(name, { member: value, memberName: value })
    const { member, below } = categoryAsked(value)
    const said = memberName(name, { member, memberName: member })
    return below ? said : t('filter.alone', { name: said })
  }
  const chips = Object.entries(given).flatMap(([name, value]) => (value ? [[name, value] as const] : []))
  if (chips.length === 0) return null
  return (
    <div className="row">
      {chips.map(([name, value]) => (
        <Chip
          key={name}
          removeLabel={`${t('filter.remove')} ${label('filter', name)}`}
          onRemove={() => onRemove(name)}
        >
          {label('filter', name)}: <span className="number">{nameOf(name, value)}</span>
        </Chip>
      ))}
    </div>
  )
}
