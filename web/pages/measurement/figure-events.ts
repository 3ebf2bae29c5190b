import { useEffect, useRef, useState } from 'react'
import { figureEvents } from '../../../contract/measurement.ts'

const gatherMs = 400

/** Calls back once for a burst of changes; the answer says whether the stream is open. */
export function useFigureEvents(onChange: () => void): boolean {
  const latest = useRef(onChange)
  latest.current = onChange
  const [live, setLive] = useState(false)
  useEffect(() => {
    const stream = new EventSource(figureEvents.path)
    let timer: ReturnType<typeof setTimeout> | undefined
    const changed = () => {
      clearTimeout(timer)
      timer = setTimeout(() => latest.current(), gatherMs)
    }
    stream.addEventListener('open', () => setLive(true))
    stream.addEventListener('error', () => setLive(false))
    stream.addEventListener('message', changed)
    stream.addEventListener('figures', changed)
    return () => {
      clearTimeout(timer)
      stream.close()
    }
  }, [])
  return live
}
