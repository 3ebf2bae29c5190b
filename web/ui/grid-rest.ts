import { useEffect, useRef } from 'react'

/** Does something once a value has stayed as it is for so long; undefined is none. */
export function useRest(value: string | undefined, ms: number, then: (value: string) => void): void {
  const latest = useRef(then)
  latest.current = then
  useEffect(() => {
    if (value === undefined) return
    const timer = setTimeout(() => latest.current(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
}
