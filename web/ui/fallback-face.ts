import '@fontsource-variable/noto-sans-sc'

/**
 * Offers our own Chinese face after all others. Only browsers that have none fetch pieces of it, one per range of
 * characters, and each arrival is followed by a fresh layout.
 */
export function offerFallbackFace(): void {
  const { dataset } = document.documentElement
  dataset.face = 'one'
  document.fonts.addEventListener('loadingdone', () => {
    dataset.face = dataset.face === 'one' ? 'other' : 'one'
  })
}
