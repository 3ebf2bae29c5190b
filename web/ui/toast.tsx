import { useSyncExternalStore } from 'react'
import './toast.css'

let said: string | undefined
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()
const shownMs = 8000

/** Says one sentence at the foot of the page for eight seconds. */
export function say(sentence: string): void {
  tell(sentence)
  clearTimeout(timer)
  timer = setTimeout(() => tell(undefined), shownMs)
}

function tell(sentence: string | undefined): void {
  said = sentence
  for (const listener of listeners) listener()
}

const listen = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The place where sentences appear; once per page. */
export function Toast() {
  const sentence = useSyncExternalStore(listen, () => said)
  return (
    <output className="toast-place" aria-live="polite">
      {sentence && <span className="toast">{sentence}</span>}
    </output>
  )
}
