import { useCallback, useRef } from 'react'
import type { ListSearch } from './list-search.ts'
import type { ChangeList } from './use-list-state.ts'

type Navigate = (to: { search: (now: ListSearch) => ListSearch; replace: boolean }) => Promise<void>

/** Changes the address of a list: a step that Back undoes, unless it is a quiet one. */
export function useListChange(navigate: Navigate): ChangeList {
  const latest = useRef(navigate)
  latest.current = navigate
  return useCallback(
    (changed, quiet = false) =>
      void latest.current({ search: (now) => ({ ...now, ...changed }), replace: quiet }),
    [],
  )
}
