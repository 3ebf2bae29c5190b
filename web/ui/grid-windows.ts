import { type QueryClient, useQueries, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef, useState } from 'react'
import { mostKeptRows } from '../../contract/list-query.ts'

export const windowRows = 50

interface Window<Row> {
  items: Row[]
  next: string | null
  total: number | null
}

interface Place {
  cursor?: string
  offset?: number
  limit: number
  total?: number | 'later'
}

/**
 * Reads one window: after the cursor of the one before where that is known, else so many rows behind the first one. The
 * first is told the total where that is known; else it does not wait for the counting, which a limit of 0 asks for.
 */
export type ReadWindow<Row> = (place: Place, signal: AbortSignal) => Promise<Window<Row>>

/** A list as it is asked for: two keys that say the same are one. */
export interface Question<Row> {
  key: readonly unknown[]
  /** What is counted: the key without what only orders it. */
  counted: readonly unknown[]
  read: ReadWindow<Row>
}

export interface Rows<Row> {
  /** Of which question these are the rows. */
  id: string
  /** Undefined while they are counted. */
  total: number | undefined
  /** How many there are as far as is known: while they are counted, those of the first window. */
  known: number | undefined
  error: Error | null
  retry: () => void
  at: (index: number) => Row | undefined
  /** Told which rows are in view; what is missing of them is fetched, and of those around them for who goes on slowly. */
  see: (first: number, last: number, slowly: boolean) => void
  load: (first: number, last: number) => Promise<void>
}

const keptMs = 120_000
/** Fetched before and behind the rows in view, so that who scrolls on finds them. */
const aheadRows = 40

interface Asked<Row> extends Question<Row> {
  id: string
}

/**
 * A long list in windows of 50 rows: only those that are looked at are fetched, and kept for a while. Asked for something
 * else, it shows what it has until the first rows of that are here.
 */
export function useWindows<Row>(question: Question<Row>): Rows<Row> {
  const client = useQueryClient()
  const id = JSON.stringify(question.key)
  const asked: Asked<Row> = { ...question, id }
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
  const counted = useQuery({
    ...countOf(base),
    enabled: queries[0]?.data !== undefined && queries[0].data.total === null,
  })
  // A window from the middle may know better than the first, which may have been told.
  const total = queries.findLast(({ data }) => data && data.total !== null)?.data?.total ?? counted.data
  const known = total ?? queries[0]?.data?.items.length
  const loaded = `${base.id} ${queries.map(({ dataUpdatedAt }) => dataUpdatedAt).join()}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: another function once a window has come, so that what is drawn with it is drawn anew
  const at = useCallback(
    (index: number) =>
      client.getQueryData<Window<Row>>([...latest.current.key, Math.floor(index / windowRows)])?.items[
        index % windowRows
      ],
    [client, loaded],
  )
  const many = useRef(0)
  many.current = known ?? 0
  const see = useCallback(
    (top: number, bottom: number, slowly: boolean) => {
      const spare = slowly ? aheadRows : 0
      const last = Math.max(0, Math.ceil(many.current / windowRows) - 1)
      const from = Math.max(0, Math.floor((top - spare) / windowRows))
      const to = Math.min(last, Math.floor((bottom + spare) / windowRows))
      // On their way before anything is drawn anew.
      for (let index = from; index <= to; index++)
        void client.prefetchQuery(windowOf(client, latest.current, index))
      setSeen((now) => (now.from === from && now.to === to ? now : { from, to }))
      // Who begins to move in a long list may go anywhere: its end is fetched, and with it the server has the order at hand.
      if (top > 0 && last > to && many.current <= mostKeptRows)
        void client.prefetchQuery(windowOf(client, latest.current, last))
    },
    [client],
  )
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
    () => ({ id: base.id, total, known, error, retry: () => void refetch?.(), at, see, load }),
    [base.id, total, known, error, refetch, at, see, load],
  )
}

const windowOf = <Row>(client: QueryClient, { key, counted, read }: Question<Row>, index: number) => ({
  queryKey: [...key, index],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    index === 0
      ? readFirst(client, counted, (total) => read({ limit: windowRows, total }, signal))
      : read({ limit: windowRows, ...placeOf(client, key, index) }, signal),
  staleTime: keptMs,
  gcTime: keptMs,
})

/** Rows are counted once for all orders of a list, until they change or some time has passed, and never waited for. */
async function readFirst<Row>(
  client: QueryClient,
  counted: readonly unknown[],
  read: (total: number | 'later') => Promise<Window<Row>>,
): Promise<Window<Row>> {
  const queryKey = countKey(counted)
  const told = client.getQueryState<number>(queryKey)
  if (told?.data !== undefined && !told.isInvalidated && Date.now() - told.dataUpdatedAt < keptMs)
    return read(told.data)
  const window = await read('later')
  if (window.total !== null) client.setQueryData(queryKey, window.total)
  return window
}

const countKey = (counted: readonly unknown[]) => [...counted, 'total']

const countOf = <Row>({ counted, read }: Question<Row>) => ({
  queryKey: countKey(counted),
  queryFn: async ({ signal }: { signal: AbortSignal }) => (await read({ limit: 0 }, signal)).total ?? 0,
  staleTime: keptMs,
  gcTime: keptMs,
})

/** Behind the window before, unless that is of an earlier reading than the first one. */
function placeOf(client: QueryClient, key: readonly unknown[], index: number): Partial<Place> {
  const stateOf = (at: number) => client.getQueryState<Window<unknown>>([...key, at])
  const [first, before] = [stateOf(0), stateOf(index - 1)]
  if (before?.data?.next && before.dataUpdatedAt >= (first?.dataUpdatedAt ?? 0))
    return { cursor: before.data.next }
  const behind = first?.data?.next
  return behind ? { cursor: behind, offset: (index - 1) * windowRows } : { offset: index * windowRows }
}

/** Fetches the first rows of what somebody is about to ask for. */
export const foresee = <Row>(client: QueryClient, question: Question<Row>): void =>
  void client.prefetchQuery(windowOf(client, question, 0))
