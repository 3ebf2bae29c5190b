import type { Say } from '../words.ts'
import { say } from './toast.tsx'

/** Into the clipboard, and says so; where the browser refuses (no https), the text itself is shown to be copied by hand. */
export function copy(text: string, done: string, t: Say): void {
  const refused = () => say(t('shell.notCopied', { what: text }))
  if (navigator.clipboard) navigator.clipboard.writeText(text).then(() => say(done), refused)
  else refused()
}
