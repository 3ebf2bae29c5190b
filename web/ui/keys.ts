import { useEffect, useRef, useSyncExternalStore } from 'react'
import { useWords } from '../words.ts'
import { type Keys, keysShown, singleKeys, worksInDialog } from './shortcuts.ts'

type Actions = { [Word in Keys]?: () => void }

const pages: { current: Actions }[] = []
const patienceMs = 1200
let earlier: { key: string; at: number } | undefined
let composing = false

/**
 * What keys of the registry do while the caller is on the page; the last one to come wins. They rest while something is
 * typed, while an input method is composing, and when a modifier is held.
 */
export function useKeys(actions: Actions): void {
  const latest = useRef(actions)
  latest.current = actions
  useEffect(() => {
    pages.push(latest)
    return () => void pages.splice(pages.indexOf(latest), 1)
  }, [])
}

/** The title of a button: its word and, unless switched off, its key. */
export function useHint(): (word: string, keys: Keys) => string {
  const { t } = useWords()
  const state = useSyncExternalStore(singleKeys.on, singleKeys.get)
  return (word, keys) => {
    if (state === 'off' && !keys.startsWith('Mod')) return word
    return t('key.hint', { word, keys: keysShown(keys) })
  }
}

/** Once per page. Composition is watched by its own events too: some input methods send keys after it without the flag. */
export function startKeys(): void {
  document.addEventListener('compositionstart', () => {
    composing = true
  })
  document.addEventListener('compositionend', () => {
    composing = false
  })
  document.addEventListener('keydown', pressed)
}

function pressed(event: KeyboardEvent): void {
  if (composing || event.isComposing || event.key === 'Process' || event.defaultPrevented) return
  const mod = event.ctrlKey || event.metaKey
  if (event.altKey || (mod && event.key.toLowerCase() !== 'k')) return
  if (mod) run('Mod+k', event)
  if (mod || isTyping(event.target)) return
  const single = event.key.length === 1
  if (single && singleKeys.get() === 'off') return
  const key = single ? event.key.toLowerCase() : event.key
  const word = earlier && event.timeStamp - earlier.at < patienceMs ? `${earlier.key} ${key}` : key
  earlier = { key, at: event.timeStamp }
  run(find(word) ? word : key, event)
}

function run(word: string, event: KeyboardEvent): void {
  if (document.querySelector('dialog[open]') && !worksInDialog.has(word)) return
  const action = find(word)
  if (!action) return
  event.preventDefault()
  earlier = undefined
  action()
}

function find(word: string): (() => void) | undefined {
  for (const page of pages.toReversed()) {
    const action = page.current[word as Keys]
    if (action) return action
  }
  return undefined
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) ||
    target.role === 'combobox' ||
    target.closest('[data-own-keys]') !== null)
