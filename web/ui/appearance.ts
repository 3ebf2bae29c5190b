import { kept } from './kept.ts'

export type Appearance = 'system' | 'light' | 'dark'
export const appearance = kept('appearance', ['system', 'light', 'dark'])
/** How much stands on a screen: `compact` for those who live in tables. */
export const density = kept('density', ['comfortable', 'compact'])

const dark = matchMedia('(prefers-color-scheme: dark)')
const paper = matchMedia('print')

/** What is shown now; the same word stands on the page as `data-theme`. Paper is light. */
export const shownAppearance = (): 'light' | 'dark' => {
  if (paper.matches) return 'light'
  const chosen = appearance.get()
  return chosen === 'system' ? (dark.matches ? 'dark' : 'light') : chosen
}

const listeners = new Set<() => void>()

/** Told after the page carries the new look, so that a listener may read the tokens. */
export function onLook(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function startAppearance(): void {
  for (const query of [dark, paper]) query.addEventListener('change', mark)
  appearance.on(mark)
  density.on(mark)
  mark()
}

function mark(): void {
  document.documentElement.dataset.theme = shownAppearance()
  document.documentElement.dataset.density = density.get()
  for (const listener of listeners) listener()
}
