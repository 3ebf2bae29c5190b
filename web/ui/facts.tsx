import type { ReactNode } from 'react'
import './facts.css'

/** Names and values; a value that is not there reads as a dash. */
export function Facts({ items }: { items: [name: string, value: ReactNode][] }) {
  return (
    <dl className="facts">
      {items.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value ?? <span className="soft">—</span>}</dd>
        </div>
      ))}
    </dl>
  )
}
