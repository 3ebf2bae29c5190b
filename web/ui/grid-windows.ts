import { type QueryClient, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'

export const windowRows = 100

interface Window<Row> {
  items: Row[]
  next: string | null
  total: number | null
}

/** Reads one window: after the cursor of the one before where that is known, else by its distance from the top. */
export type ReadWindow<Row> = (
  place: { cursor?: string; offset?: number; limit: number },
  signal: AbortSignal,
) => Promise<Window<Row>>

export interface Rows<Row> {
  /** Of which question these are the rows. */
  id: string
  total: number | undefined
  error: Error | null
  retry: () => void
  at: (index: number) => Row | undefined
  /** Told which rows are in view; what is missing of them is fetched. */
  see: (first: number, last: number) => void
  load: (first: number, last: number) => Promise<void>
}

const keptMs = 120_000

interface Asked<Row> {
  /** What the key says: two keys that say the same are one. */
  id: string
  key: readonly unknown[]
  read: ReadWindow<Row>
}

/**
 * A long list in windows of 100 rows: only those that are looked at are fetched, and kept for a while. Asked for something
 * else, it shows what it has until the first rows of that are here.
 */
export function useWindows<Row>(key: readonly unknown[], read: ReadWindow<Row>): Rows<Row> {
  const client = useQueryClient()
  const id = JSON.stringify(key)
  const asked: Asked<Row> = { id, key, read }
  const first = useQuery(windowOf(client, asked, 0))
  const held = useRef(asked)
  if (first.data !== undefined || first.error !== null) held.current = asked
  const base = held.current.id === id ? asked : held.current
  const [seen, setSeen] = useState({ from: 0, to: 0 })
  const latest = useRef(base)
  latest.current = base
  const wanted = [0]
  for (let index = Math.max(1, seen.from); index <= seen.to; index++) wanted.push(index)
  const queries = useQueries({ queries: wanted.map((index) => windowOf(client, base, index)) })
  const total = queries[0]?.data?.total ?? undefined
  const loaded = `${base.id} ${queries.map(({ dataUpdatedAt }) => dataUpdatedAt).join()}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: another function once a window has come, so that what is drawn with it is drawn anew
  const at = useCallback(
    (index: number) =>
      client.getQueryData<Window<Row>>([...latest.current.key, Math.floor(index / windowRows)])?.items[
        index % windowRows
      ],
    [client, loaded],
  )
  const see = useCallback((top: number, bottom: number) => {
    const [from, to] = [Math.floor(top / windowRows), Math.floor(bottom / windowRows)]
    setSeen((now) => (now.from === from && now.to === to ? now : { from, to }))
  }, [])
  const load = useCallback(
    async (top: number, bottom: number) => {
      const from = Math.floor(top / windowRows)
      for (let index = from; index <= Math.floor(bottom / windowRows); index++)
        await client.ensureQueryData(windowOf(client, latest.current, index))
    },
    [client],
  )
  const failed = queries.find(({ error }) => error !== null)
  const { error = null, refetch } = failed ?? {}
  return useMemo(
    () => ({ id: base.id, total, error, retry: () => void refetch?.(), at, see, load }),
    [base.id, total, error, refetch, at, see, load],
  )
}

const windowOf = <Row>(client: QueryClient, { key, read }: Asked<Row>, index: number) => ({
  queryKey: [...key, index],
  queryFn: ({ signal }: { signal: AbortSignal }) => {
    const cursor = client.getQueryData<Window<Row>>([...key, index - 1])?.next
    const place = index === 0 ? {} : cursor ? { cursor } : { offset: index * windowRows }
    return read({ ...place, limit: windowRows }, signal)
  },
  staleTime: keptMs,
  gcTime: keptMs,
})
