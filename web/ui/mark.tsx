import './mark.css'

export type MarkKind = 'good' | 'warn' | 'bad' | 'none' | 'busy'

/** State as shape, colour and word; the word is always there, in the colour of the text. */
export function Mark({ kind, word }: { kind: MarkKind; word: string }) {
  return (
    <span className={`mark mark-${kind}`}>
      <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
        {shapes[kind]}
      </svg>
      {word}
    </span>
  )
}

const shapes = {
  good: (
    <>
      <circle className="mark-fill" cx="7" cy="7" r="6.5" />
      <path className="mark-cut" d="M3.8 7.2 6 9.4l4.2-4.6" />
    </>
  ),
  warn: (
    <>
      <path className="mark-fill" d="M7 .8 13.6 12.6H.4z" />
      <path className="mark-cut" d="M7 5v3.4M7 10v1" />
    </>
  ),
  bad: (
    <>
      <rect className="mark-fill" x=".8" y=".8" width="12.4" height="12.4" rx="2" />
      <path className="mark-cut" d="m4.4 4.4 5.2 5.2m0-5.2-5.2 5.2" />
    </>
  ),
  none: <path className="mark-stroke" d="M2.5 7h9" />,
  busy: <circle className="mark-stroke" cx="7" cy="7" r="5.5" strokeDasharray="3 2.4" />,
} as const
