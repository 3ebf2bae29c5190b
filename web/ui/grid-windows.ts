import { useQueries, useQueryClient } from '@tanstack/react-query'
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
  total: number | undefined
  error: Error | null
  retry: () => void
  at: (index: number) => Row | undefined
  /** Told which rows are in view; what is missing of them is fetched. */
  see: (first: number, last: number) => void
  load: (first: number, last: number) => Promise<void>
}

const keptMs = 120_000

/** A long list in windows of 100 rows: only those that are looked at are fetched, and kept for a while. */
export function useWindows<Row>(key: readonly unknown[], read: ReadWindow<Row>): Rows<Row> {
  const client = useQueryClient()
  const latest = useRef(read)
  latest.current = read
  const [seen, setSeen] = useState({ from: 0, to: 0 })
  const id = JSON.stringify(key)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is compared by what it says
  const options = useCallback(
    (index: number) => ({
      queryKey: [...key, index],
      queryFn: ({ signal }: { signal: AbortSignal }) => {
        const cursor = client.getQueryData<Window<Row>>([...key, index - 1])?.next
        const place = index === 0 ? {} : cursor ? { cursor } : { offset: index * windowRows }
        return latest.current({ ...place, limit: windowRows }, signal)
      },
      staleTime: keptMs,
      gcTime: keptMs,
    }),
    [client, id],
  )
  const wanted = new Set([0])
  for (let index = seen.from; index <= seen.to; index++) wanted.add(index)
  const queries = useQueries({ queries: [...wanted].map(options) })
  const known = queries[0]?.data?.total
  const loaded = queries.map(({ dataUpdatedAt }) => dataUpdatedAt).join()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another function once a window has come, so that what is drawn with it is drawn anew
  const at = useCallback(
    (index: number) =>
      client.getQueryData<Window<Row>>(options(Math.floor(index / windowRows)).queryKey)?.items[
        index % windowRows
      ],
    [client, options, loaded],
  )
  const see = useCallback((first: number, last: number) => {
    const [from, to] = [Math.floor(first / windowRows), Math.floor(last / windowRows)]
    setSeen((now) => (now.from === from && now.to === to ? now : { from, to }))
  }, [])
  const load = useCallback(
    async (first: number, last: number) => {
      for (let index = Math.floor(first / windowRows); index <= Math.floor(last / windowRows); index++)
        await client.ensureQueryData(options(index))
    },
    [client, options],
  )
  const failed = queries.find(({ error }) => error !== null)
  return useMemo(
    () => ({
      total: known ?? undefined,
      error: failed?.error ?? null,
      retry: () => void failed?.refetch(),
      at,
      see,
      load,
    }),
    [known, failed, at, see, load],
  )
}
