import { Link } from '@tanstack/react-router'
import { Tabs } from '../../ui/tabs.tsx'
import { useWords } from '../../words.ts'
import './settings.css'

const tabs = [
  { to: '/settings/people', word: 'settings.people' },
  { to: '/settings/accounts', word: 'settings.accounts' },
  { to: '/settings/organization', word: 'settings.organization' },
  { to: '/settings/products', word: 'products.title' },
  { to: '/settings/calendar', word: 'settings.calendar' },
] as const

/** The parts of the settings, each a page with an address. */
export function SettingsTabs() {
  const { t } = useWords()
  return (
    <Tabs label={t('menu.settings')}>
      {tabs.map(({ to, word }) => (
        <Link key={to} to={to} activeProps={{ className: 'active' }}>
          {t(word)}
        </Link>
      ))}
    </Tabs>
  )
}
