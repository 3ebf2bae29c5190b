import { useQuery } from '@tanstack/react-query'
import { listPeople } from '../../../contract/directory.ts'
import { call } from '../../call.ts'
import { productsQuery, useMe } from '../../session.ts'
import type { FormField } from './form-fields.ts'

const asOption = ({ id, name }: { id: string; name: string }) => ({ value: id, label: name })

/** What a field for a unit, person or product offers; people with their unit, since two may share a name. */
export function useOptions({ input }: FormField): { value: string; label: string }[] {
  const me = useMe()
  const people = useQuery({
    queryKey: ['people'],
    queryFn: () => call(listPeople, {}),
    staleTime: 300_000,
    enabled: input === 'person',
  })
  const products = useQuery({ ...productsQuery, enabled: input === 'product' })
  if (input === 'unit') return me.units.map(asOption)
  if (input === 'product') return products.data?.items.map(asOption) ?? []
  if (input === 'person')
    return (
      people.data?.items.map(({ id, name, unitName }) => ({ value: id, label: `${name} · ${unitName}` })) ??
      []
    )
  return []
}
