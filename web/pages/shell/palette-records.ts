import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Me } from '../../../contract/access.ts'
import { listWorkOrders } from '../../../contract/cases.ts'
import { call } from '../../call.ts'
import { mayReadRecords } from '../../session.ts'
import type { Entry } from './palette-entries.ts'

const restMs = 150
const most = 6

/** Work orders whose number has what is typed, asked for when the typing rests. */
export function useFoundRecords(me: Me, typed: string): { entries: Entry[]; busy: boolean } {
  const [search, setSearch] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setSearch(typed.trim()), restMs)
    return () => clearTimeout(timer)
  }, [typed])
  const asked = mayReadRecords(me) && search.length >= 2
  const found = useQuery({
    queryKey: ['palette', search],
    queryFn: ({ signal }) => call(listWorkOrders, { query: { search, limit: most }, signal }),
    enabled: asked,
    placeholderData: keepPreviousData,
  })
  if (!asked) return { entries: [], busy: false }
  const fits = (text: string) => text.toLowerCase().includes(search.toLowerCase())
  return {
    busy: found.isFetching,
    entries: (found.data?.items ?? [])
      .filter(({ externalId }) => fits(externalId))
      .map((order) => ({
        key: `order ${order.id}`,
        kind: 'record' as const,
        name: order.externalId,
        beside: [order.unit.name, order.product?.name].filter(Boolean).join(' · '),
        href: `/records/work-orders/${order.id}`,
      })),
  }
}
