import '@fontsource-variable/noto-sans-sc'

/**
 * Offers our own Chinese face after all others. Only browsers that have none fetch pieces of it, one per range of
 * characters. Chromium keeps the empty boxes it drew before a piece came in, even when the list of faces changes; a
 * hair's breadth between the letters, there and gone, makes it set the text anew.
 */
export function offerFallbackFace(): void {
  const root = document.documentElement
  const others = getComputedStyle(root).getPropertyValue('--face').trim()
  root.style.setProperty('--face', `${others}, "Noto Sans SC Variable"`)
  let wide = false
  document.fonts.addEventListener('loadingdone', () => {
    wide = !wide
    root.style.letterSpacing = wide ? '0.001px' : 'normal'
  })
}
