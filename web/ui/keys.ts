import { useEffect, useRef } from 'react'

/**
 * Single keys and two-key words (`g b`), by `event.key`. They rest while something is typed, while an input method is
 * composing, and when a modifier is held.
 */
export function useKeys(actions: Record<string, () => void>): void {
  const latest = useRef(actions)
  latest.current = actions
  useEffect(() => {
    let earlier: { key: string; at: number } | undefined
    const pressed = (event: KeyboardEvent) => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target))
        return
      const word = earlier && event.timeStamp - earlier.at < 1200 ? `${earlier.key} ${event.key}` : event.key
      const action = latest.current[word] ?? latest.current[event.key]
      earlier = { key: event.key, at: event.timeStamp }
      if (!action) return
      event.preventDefault()
      action()
    }
    document.addEventListener('keydown', pressed)
    return () => document.removeEventListener('keydown', pressed)
  }, [])
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || target.role === 'combobox')
