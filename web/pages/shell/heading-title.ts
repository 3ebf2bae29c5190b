import { type RefObject, useEffect } from 'react'
import { useWords } from '../../words.ts'

/** The heading of the page is also the title of the window, so that tabs and history can be told apart. */
export function useHeadingAsTitle(main: RefObject<HTMLElement | null>): void {
  const { t } = useWords()
  const product = t('product')
  useEffect(() => {
    const read = () => {
      const heading = main.current?.querySelector('h1, h2')?.textContent?.trim()
      document.title = heading ? `${heading} · ${product}` : product
    }
    read()
    const watch = new MutationObserver(read)
    if (main.current) watch.observe(main.current, { childList: true, subtree: true, characterData: true })
    return () => watch.disconnect()
  }, [main, product])
}
