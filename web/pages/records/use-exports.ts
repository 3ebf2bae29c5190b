import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { type ExportJob, listExports } from '../../../contract/records.ts'
import { call } from '../../call.ts'
import { say } from '../../ui/toast.tsx'
import { useWords } from '../../words.ts'

/** Own exports, watched while one is being written, also after a reload; the end of one is said. */
export function useExports(): ExportJob[] {
  const { t } = useWords()
  const exports = useQuery({
    queryKey: ['exports'],
    queryFn: () => call(listExports, {}),
    refetchInterval: ({ state }) => (state.data?.items.some((job) => job.state === 'running') ? 1000 : false),
  })
  const items = exports.data?.items
  const running = useRef(new Set<string>())
  useEffect(() => {
    for (const { id, state, fileName } of items ?? []) {
      if (state === 'running') running.current.add(id)
      else if (running.current.delete(id))
        say(t(state === 'done' ? 'export.done' : 'export.ended', { name: fileName }))
    }
  }, [items, t])
  return items ?? []
}
