import { useId, useSyncExternalStore } from 'react'
import type { Kept } from '../../ui/kept.ts'
import './either.css'

interface Props<Value extends string> {
  kept: Kept<Value>
  name: string
  of: readonly Value[]
  word: (value: Value) => string
}

/** One of two or three words side by side: real radio buttons, so arrows move and screen readers know. */
export function Either<Value extends string>({ kept, name, of, word }: Props<Value>) {
  const chosen = useSyncExternalStore(kept.on, kept.get)
  const id = useId()
  return (
    <fieldset className="either">
      <legend className="small soft">{name}</legend>
      <div className="either-frame">
        {of.map((value) => (
          <label key={value}>
            <input type="radio" name={id} checked={chosen === value} onChange={() => kept.set(value)} />
            <span>{word(value)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
