import './choose.css'

interface Props {
  label: string
  /** Shown while nothing is chosen, and the way back to that; without it something is always chosen. */
  all?: string
  value: string | undefined
  options: readonly { value: string; label: string }[]
  onChange: (value: string | undefined) => void
}

/** One of a list, by the browser's own control: small, known to every phone and screen reader. */
export function Choose({ label, all, value, options, onChange }: Props) {
  return (
    <select
      className={value ? 'choose' : 'choose choose-all'}
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value || undefined)}
    >
      {all !== undefined && <option value="">{all}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  )
}
