import type { ReactNode } from 'react'
import './chip.css'

interface Props {
  /** What the cross says to those who do not see it. */
  removeLabel: string
  onRemove: () => void
  children: ReactNode
}

/** Something that narrows what is shown, and can be taken away. */
export function Chip({ removeLabel, onRemove, children }: Props) {
  return (
    <span className="chip">
      {children}
      <button type="button" className="chip-remove" aria-label={removeLabel} onClick={onRemove}>
        ×
      </button>
    </span>
  )
}
