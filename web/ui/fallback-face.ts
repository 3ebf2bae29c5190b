import '@fontsource-variable/noto-sans-sc'

/**
 * Offers our own Chinese face after all others. Only browsers that have none fetch pieces of it, one per range of
 * characters. Chromium keeps the empty boxes it drew before a piece came in, so each arrival changes the list by a name
 * that no font has: text is then laid out anew.
 */
export function offerFallbackFace(): void {
  const root = document.documentElement
  const others = getComputedStyle(root).getPropertyValue('--face').trim()
  let arrivals = 0
  const name = () => {
    root.style.setProperty('--face', `${others}, "Noto Sans SC Variable", "arrival-${arrivals++}"`)
  }
  name()
  document.fonts.addEventListener('loadingdone', name)
}
