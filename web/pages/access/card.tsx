import type { ReactNode } from 'react'

/** One of several choices, with what it brings. */
export function Card(given: {
  name: string
  title: string
  checked: boolean
  onChoose: () => void
  children: ReactNode
}) {
  return (
    <label className="card">
      <span className="card-title">
        <input type="radio" name={given.name} checked={given.checked} onChange={given.onChoose} />
        {given.title}
      </span>
      {given.children}
    </label>
  )
}
