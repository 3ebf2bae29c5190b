import { isDecimal } from './weights.ts'

interface Props {
  label: string
  value: string
  onChange: (value: string) => void
  row: number
  column: string
}

/** A slot of a sentence: a decimal kept as text, so that 0.1 stays 0.1. */
export const DecimalInput = ({ label, value, onChange, row, column }: Props) => (
  <input
    className="sheet-slot number"
    inputMode="decimal"
    aria-label={label}
    aria-invalid={!isDecimal(value)}
    data-row={row}
    data-column={column}
    value={value}
    onFocus={(event) => event.target.select()}
    onChange={(event) => onChange(event.target.value.trim())}
  />
)
