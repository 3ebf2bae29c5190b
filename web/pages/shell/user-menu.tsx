import { UserOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { type Me, signOut } from '../../../contract/access.ts'
import { call } from '../../call.ts'
import { Drop } from '../../ui/drop.tsx'
import { useWords } from '../../words.ts'

export function UserMenu({ me }: { me: Me }) {
  const { t, label } = useWords()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const leave = async () => {
    // Whoever asks to leave goes to the sign-in page even when the session has already ended.
    await call(signOut, {}).catch(() => undefined)
    queries.clear()
    void navigate({ to: '/sign-in', search: {} })
  }
  const content = (
    <div className="user-menu">
      <b>{me.name}</b>
      <span className="soft small">{me.login}</span>
      <span className="small">{me.organization.name}</span>
      <span className="small soft">{me.roles.map((role) => label('role', role)).join(' · ')}</span>
      <span className="small soft">{t('shell.zone', { zone: me.organization.zone })}</span>
      <Button onClick={() => void leave()}>{t('shell.signOut')}</Button>
    </div>
  )
  return (
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
      {() => content}
    </Drop>
  )
}
