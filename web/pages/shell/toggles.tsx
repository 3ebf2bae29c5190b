import { DesktopOutlined, MoonOutlined, SunOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useSyncExternalStore } from 'react'
import { type Appearance, appearance } from '../../ui/appearance.ts'
import { chooseLanguage, useWords } from '../../words.ts'

/** The other language, written in that language. */
export function LanguageToggle() {
  const { t, language } = useWords()
  const other = language === 'zh' ? 'en' : 'zh'
  return (
    <Button type="text" lang={other} title={t('shell.language')} onClick={() => chooseLanguage(other)}>
      {t('shell.otherLanguage')}
    </Button>
  )
}

const next: Record<Appearance, Appearance> = { system: 'light', light: 'dark', dark: 'system' }
const icons = { system: <DesktopOutlined />, light: <SunOutlined />, dark: <MoonOutlined /> }

export function AppearanceToggle() {
  const { t, label } = useWords()
  const chosen = useSyncExternalStore(appearance.on, appearance.get)
  const name = `${t('shell.appearance')} · ${label('appearance', chosen)}`
  return (
    <Button
      type="text"
      icon={icons[chosen]}
      aria-label={name}
      title={name}
      onClick={() => appearance.set(next[chosen])}
    />
  )
}
