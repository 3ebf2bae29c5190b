import { type RefObject, useCallback, useLayoutEffect, useState } from 'react'
import { flushSync } from 'react-dom'

/** Drawn above and below what is in view, so that slow scrolling meets no blank. */
const spare = 6

interface InView {
  from: number
  /** The last one; before `from` when there is none. */
  to: number
  /** Scrolls no further than needed to see a row. */
  show: (row: number) => void
}

/** Which rows of a table of equal heights are in view, below a head that stays: worked out, however many there are. */
export function useRowsInView(
  frame: RefObject<HTMLElement | null>,
  rows: { count: number; height: number; head: number },
): InView {
  const { count, height, head } = rows
  const [view, setView] = useState({ from: 0, to: -1 })
  const look = useCallback(() => {
    const it = frame.current
    if (!it) return
    const from = Math.max(0, Math.floor(it.scrollTop / height) - spare)
    const to = Math.ceil((it.scrollTop + it.clientHeight - head) / height) + spare
    setView((now) => (now.from === from && now.to === to ? now : { from, to }))
  }, [frame, height, head])
  useLayoutEffect(() => {
    const it = frame.current
    if (!it) return
    look()
    // In the frame that scrolled, or the rows would come a frame behind.
    const scrolled = () => flushSync(look)
    it.addEventListener('scroll', scrolled, { passive: true })
    const sized = new ResizeObserver(look)
    sized.observe(it)
    return () => {
      it.removeEventListener('scroll', scrolled)
      sized.disconnect()
    }
  }, [frame, look])
  const show = useCallback(
    (row: number) => {
      const it = frame.current
      if (!it) return
      const room = it.clientHeight - head
      if (row * height < it.scrollTop) it.scrollTop = row * height
      else if ((row + 1) * height > it.scrollTop + room) it.scrollTop = (row + 1) * height - room
    },
    [frame, height, head],
  )
  const to = Math.min(view.to, count - 1)
  return { from: Math.min(view.from, Math.max(0, to)), to, show }
}
