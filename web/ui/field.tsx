import { useId, useState } from 'react'
import { useWords } from '../words.ts'
import './field.css'

interface Props {
  name: string
  label: string
  type?: 'text' | 'password'
  autoComplete?: string
  autoFocus?: boolean
  /** What is wrong with it; said below the field and tied to it. */
  wrong?: string | undefined
}

/**
 * A labelled field by the browser's own means, for pages that are loaded first: antd's forms weigh more than the rest of
 * such a page. A password can be looked at, pasted and kept by a password manager.
 */
export function Field({ name, label, type = 'text', autoComplete, autoFocus = false, wrong }: Props) {
  const { t } = useWords()
  const id = useId()
  const [seen, setSeen] = useState(false)
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <span className="field-frame">
        <input
          id={id}
          name={name}
          type={seen ? 'text' : type}
          autoComplete={autoComplete}
          // biome-ignore lint/a11y/noAutofocus: the page has nothing before this field
          autoFocus={autoFocus}
          aria-invalid={wrong !== undefined}
          aria-describedby={wrong && `${id}-wrong`}
        />
        {type === 'password' && (
          <button type="button" aria-pressed={seen} onClick={() => setSeen(!seen)}>
            {t(seen ? 'form.hide' : 'form.show')}
          </button>
        )}
      </span>
      {wrong && (
        <span className="field-wrong" id={`${id}-wrong`} role="alert">
          {wrong}
        </span>
      )}
    </div>
  )
}
