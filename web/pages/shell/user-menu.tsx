import { UserOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { type Me, signOut } from '../../../contract/access.ts'
import { call } from '../../call.ts'
import { appearance, density } from '../../ui/appearance.ts'
import { Drop } from '../../ui/drop.tsx'
import { singleKeys } from '../../ui/shortcuts.ts'
import { useWords } from '../../words.ts'
import { Either } from './either.tsx'
import { LanguageToggle } from './toggles.tsx'

const ChangePassword = lazy(() => import('../access/change-password.tsx'))

/** Who one is, how one likes it on this browser, and the way out. */
export function UserMenu({ me }: { me: Me }) {
  const { t, label } = useWords()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [changing, setChanging] = useState(false)
  const leave = async () => {
    // Whoever asks to leave goes to the sign-in page even when the session has already ended.
    await call(signOut, {}).catch(() => undefined)
    queries.clear()
    void navigate({ to: '/sign-in', search: {} })
  }
  return (
    <>
      <Suspense>{changing && <ChangePassword onClose={() => setChanging(false)} />}</Suspense>
      <Drop
        align="end"
        button={(open, toggle) => (
          <Button
            type="text"
            icon={<UserOutlined />}
            aria-label={t('shell.account')}
            title={t('shell.account')}
            aria-expanded={open}
            onClick={toggle}
          />
        )}
      >
        {(close) => (
          <div className="user-menu">
            <div>
              <b>{me.name}</b> <span className="soft small">{me.login}</span>
              <p className="small">{me.organization.name}</p>
              <p className="small soft">{me.roles.map((role) => label('role', role)).join(' · ')}</p>
              <p className="small soft">{t('shell.zone', { zone: me.organization.zone })}</p>
            </div>
            <Either
              name={t('shell.appearance')}
              kept={appearance}
              of={['system', 'light', 'dark']}
              word={(value) => label('appearance', value)}
            />
            <Either
              name={t('shell.density')}
              kept={density}
              of={['comfortable', 'compact']}
              word={(value) => label('density', value)}
            />
            <Either
              name={t('key.single')}
              kept={singleKeys}
              of={['on', 'off']}
              word={(value) => label('switch', value)}
            />
            <div className="row">
              <span className="shell-narrow">
                <LanguageToggle />
              </span>
              <span className="grow" />
              <Button
                type="text"
                onClick={() => {
                  close()
                  setChanging(true)
                }}
              >
                {t('shell.password')}
              </Button>
              <Button onClick={() => void leave()}>{t('shell.signOut')}</Button>
            </div>
          </div>
        )}
      </Drop>
    </>
  )
}
