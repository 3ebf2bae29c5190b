import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import { en } from './locales/en.ts'
import { zh } from './locales/zh.ts'

export type Language = 'zh' | 'en'
export type Key = keyof typeof zh
export type Fill = Record<string, string | number>
export type Say = (key: Key, fill?: Fill) => string

const remembered = 'zhihuan.language'

/** Chinese unless the reader chose, or the browser asks for another language first. */
export function startWords(): void {
  const chosen = localStorage.getItem(remembered)
  const language: Language = (chosen ?? navigator.language).startsWith('zh') ? 'zh' : 'en'
  void i18next.use(initReactI18next).init({
    resources: { zh: { translation: zh }, en: { translation: en } },
    lng: language,
    fallbackLng: 'zh',
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    // React escapes what it renders; escaping here too would show entities.
    interpolation: { escapeValue: false },
  })
  markPage(language)
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(remembered, language)
  void i18next.changeLanguage(language)
  markPage(language)
}

function markPage(language: Language): void {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  document.title = i18next.t('product')
}

/** `t` for fixed texts, `said` for texts the server gives in both languages, `label` for codes that may be unknown. */
export function useWords() {
  const { i18n } = useTranslation()
  const language = i18n.language as Language
  const t: Say = (key, fill) => i18n.t(key, fill ?? {})
  const said = (both: { zh: string; en: string }) => both[language]
  const label = (prefix: string, code: string) =>
    i18n.exists(`${prefix}.${code}`) ? i18n.t(`${prefix}.${code}`) : code
  return { t, said, label, language }
}
