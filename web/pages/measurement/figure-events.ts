import { useEffect, useRef, useState } from 'react'
import { figureEvents } from '../../../contract/measurement.ts'

const gatherMs = 400
/** A stream that the server ends now and then is back before this; longer than this it is lost. */
const patienceMs = 5000
const reopenMs = 3000

export interface Live {
  /** Changes are heard of. */
  heard: boolean
  /** Since when they are not; null while they are, and for a short while after. */
  lostAt: Date | null
}

/** Calls back once for a burst of changes, and when a lost stream is found again: something may have been missed. */
export function useFigureEvents(onChange: () => void): Live {
  const latest = useRef(onChange)
  latest.current = onChange
  const [live, setLive] = useState<Live>({ heard: false, lostAt: null })
  useEffect(() => {
    let stream: EventSource | undefined
    let gathering: ReturnType<typeof setTimeout> | undefined
    let losing: ReturnType<typeof setTimeout> | undefined
    let reopening: ReturnType<typeof setTimeout> | undefined
    let lost = false
    const changed = () => {
      clearTimeout(gathering)
      gathering = setTimeout(() => latest.current(), gatherMs)
    }
    const found = () => {
      clearTimeout(losing)
      losing = undefined
      if (lost) changed()
      lost = false
      setLive({ heard: true, lostAt: null })
    }
    const missed = () => {
      const at = new Date()
      setLive((was) => ({ ...was, heard: false }))
      losing ??= setTimeout(() => {
        lost = true
        setLive({ heard: false, lostAt: at })
      }, patienceMs)
      // The browser tries again by itself after a broken line, but not after an answer that is no stream.
      if (stream?.readyState !== EventSource.CLOSED) return
      clearTimeout(reopening)
      reopening = setTimeout(open, reopenMs)
    }
    const open = () => {
      stream?.close()
      stream = new EventSource(figureEvents.path)
      stream.addEventListener('open', found)
      stream.addEventListener('error', missed)
      stream.addEventListener('message', changed)
      stream.addEventListener('figures', changed)
    }
    open()
    return () => {
      for (const timer of [gathering, losing, reopening]) clearTimeout(timer)
      stream?.close()
    }
  }, [])
  return live
}
