import type { Key } from '../words.ts'
import { kept } from './kept.ts'

/**
 * Every key of the product, once: pages take theirs from here, tooltips, the list behind `?` and the help show it. `Mod` is
 * Ctrl, on a Mac ⌘; two keys with a space are pressed one after the other.
 */
export const shortcuts = [
  { keys: 'Mod+k', word: 'key.palette', group: 'everywhere' },
  { keys: '?', word: 'key.list', group: 'everywhere' },
  { keys: '/', word: 'key.search', group: 'everywhere' },
  { keys: 'y', word: 'key.copyLink', group: 'everywhere' },
  { keys: 'z', word: 'key.undo', group: 'everywhere' },
  { keys: 'Escape', word: 'key.back', group: 'everywhere' },
  { keys: 'g b', word: 'menu.board', group: 'go' },
  { keys: 'g r', word: 'menu.records', group: 'go' },
  { keys: 'g s', word: 'menu.standards', group: 'go' },
  { keys: 'g ,', word: 'menu.settings', group: 'go' },
  { keys: 'j', word: 'key.down', group: 'list' },
  { keys: 'k', word: 'key.up', group: 'list' },
  { keys: 'Enter', word: 'key.open', group: 'list' },
  { keys: 'n', word: 'key.new', group: 'list' },
  { keys: '[', word: 'period.previous', group: 'period' },
  { keys: ']', word: 'period.next', group: 'period' },
] as const satisfies readonly { keys: string; word: Key; group: string }[]

export type Keys = (typeof shortcuts)[number]['keys']
export const shortcutGroups = ['everywhere', 'go', 'list', 'period'] as const

/** Single keys can be switched off for those whom speech input or a cat makes press them (WCAG 2.1.4). */
export const singleKeys = kept('single-keys', ['on', 'off'])

/** Keys that still work while a dialog is open; the others belong to the page under it. */
export const worksInDialog: ReadonlySet<string> = new Set<Keys>(['j', 'k', 'y', 'z'])

const mac = /Mac|iPhone|iPad/.test(navigator.platform)
const shown: Record<string, string> = { Escape: 'Esc', Mod: mac ? '⌘' : 'Ctrl' }

/** As a person reads it: `Ctrl K`, `G B`, `?`. */
export const keysShown = (keys: Keys): string =>
  keys
    .split(/[ +]/)
    .map((key) => shown[key] ?? (key.length === 1 ? key.toUpperCase() : key))
    .join(' ')
