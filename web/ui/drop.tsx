import { type ReactNode, useEffect, useRef, useState } from 'react'
import './drop.css'

interface Props {
  /** The button; given whether it is open and what to call when pressed. */
  button: (open: boolean, toggle: () => void) => ReactNode
  align?: 'start' | 'end'
  children: (close: () => void) => ReactNode
}

/** Something small below a button. Esc and a press elsewhere close it; Esc gives the focus back. */
export function Drop({ button, align = 'start', children }: Props) {
  const [open, setOpen] = useState(false)
  const frame = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    if (!open) return
    const pressed = (event: PointerEvent) => {
      if (event.target instanceof Node && !frame.current?.contains(event.target)) setOpen(false)
    }
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      setOpen(false)
      frame.current?.querySelector('button')?.focus()
    }
    document.addEventListener('pointerdown', pressed)
    document.addEventListener('keydown', key, true)
    return () => {
      document.removeEventListener('pointerdown', pressed)
      document.removeEventListener('keydown', key, true)
    }
  }, [open])
  return (
    <span className="drop-frame" ref={frame}>
      {button(open, () => setOpen(!open))}
      {open && <div className={`drop-down drop-${align}`}>{children(() => setOpen(false))}</div>}
    </span>
  )
}
