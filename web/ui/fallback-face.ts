import '@fontsource-variable/noto-sans-sc'

/**
 * Offers our own Chinese face after all others. Only browsers that have none fetch pieces of it, one per range of
 * characters. Chromium keeps the empty boxes it drew before a piece came in, even when the list of faces changes; a
 * hair's breadth between the letters makes it set the text anew. A new breadth each time: for one it has seen before it
 * takes the boxes out of its memory again.
 */
export function offerFallbackFace(): void {
  const root = document.documentElement
  const others = getComputedStyle(root).getPropertyValue('--face').trim()
  root.style.setProperty('--face', `${others}, "Noto Sans SC Variable"`)
  let pieces = 0
  document.fonts.addEventListener('loadingdone', () => {
    pieces += 1
    root.style.letterSpacing = `${pieces / 10_000}px`
  })
}
