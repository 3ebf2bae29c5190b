import type { Locale } from 'antd/es/locale/index.js'
import { useSyncExternalStore } from 'react'
import type { later } from './locales/later-zh.ts'
import type { zh } from './locales/zh.ts'

export type Language = 'zh' | 'en'
export type Key = keyof typeof zh | keyof typeof later
export type Fill = Record<string, string | number>
export type Say = (key: Key, fill?: Fill) => string

interface Spoken {
  language: Language
  texts: Readonly<Record<string, string>>
  /** antd's own words, in the same language */
  antd: Locale
}

const remembered = 'zhihuan.language'
const listeners = new Set<() => void>()
let spoken: Spoken

/** Only the language that is read is loaded. */
const load: Record<Language, () => Promise<Spoken>> = {
  zh: async () => {
    const [{ zh }, antd] = await Promise.all([import('./locales/zh.ts'), import('antd/es/locale/zh_CN.js')])
    return { language: 'zh', texts: zh, antd: localeOf(antd) }
  },
  en: async () => {
    const [{ en }, antd] = await Promise.all([import('./locales/en.ts'), import('antd/es/locale/en_US.js')])
    return { language: 'en', texts: en, antd: localeOf(antd) }
  },
}

// The package has no "type", so the compiler reads its modules as CommonJS; the bundler and browsers read them as ESM.
const localeOf = (module: { default: unknown }) => module.default as Locale

/** Chinese unless the reader chose, or the browser asks for another language first. */
export async function startWords(): Promise<void> {
  const wanted = localStorage.getItem(remembered) ?? navigator.language
  await speak(wanted.startsWith('zh') ? 'zh' : 'en')
}

const loadLater: Record<Language, () => Promise<{ later: Readonly<Record<string, string>> }>> = {
  zh: () => import('./locales/later-zh.ts'),
  en: () => import('./locales/later-en.ts'),
}
let wantsLater = false

/** The texts of all pages; before that there are those of the board and of the frame around it. */
export async function laterWords(): Promise<void> {
  if (wantsLater) return
  await speak(spoken.language, true)
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(remembered, language)
  void speak(language)
}

async function speak(language: Language, all = wantsLater): Promise<void> {
  const [first, more] = await Promise.all([load[language](), all && loadLater[language]()])
  wantsLater = all
  spoken = more ? { ...first, texts: { ...first.texts, ...more.later } } : first
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  document.title = textOf('product')
  for (const listener of listeners) listener()
}

/** The text with its places filled; what is not given leaves its place as it stands, so that it is seen. */
const textOf = (key: string, fill: Fill = {}): string =>
  (spoken.texts[key] ?? key).replace(/\{\{(\w+)\}\}/g, (place, name: string) => String(fill[name] ?? place))

const onLanguage = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useSpoken = (): Spoken => useSyncExternalStore(onLanguage, () => spoken)

const t: Say = textOf
const label = (prefix: string, code: string) =>
  `${prefix}.${code}` in spoken.texts ? textOf(`${prefix}.${code}`) : code

/** `t` for fixed texts, `said` for texts the server gives in both languages, `label` for codes that may be unknown. */
export function useWords() {
  const { language } = useSpoken()
  const said = (both: { zh: string; en: string }) => both[language]
  return { t, said, label, language }
}
