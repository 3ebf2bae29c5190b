export type Appearance = 'system' | 'light' | 'dark'
const remembered = 'zhihuan.appearance'
const dark = matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()

export const chosenAppearance = (): Appearance => {
  const chosen = localStorage.getItem(remembered)
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system'
}

/** What is shown now; the same word stands on the page as `data-theme`. */
export const shownAppearance = (): 'light' | 'dark' => {
  const chosen = chosenAppearance()
  return chosen === 'system' ? (dark.matches ? 'dark' : 'light') : chosen
}

export function chooseAppearance(chosen: Appearance): void {
  localStorage.setItem(remembered, chosen)
  mark()
}

export function startAppearance(): void {
  dark.addEventListener('change', mark)
  mark()
}

export function onAppearance(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function mark(): void {
  document.documentElement.dataset.theme = shownAppearance()
  for (const listener of listeners) listener()
}
