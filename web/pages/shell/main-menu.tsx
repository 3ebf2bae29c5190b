import {
  DashboardOutlined,
  SafetyCertificateOutlined,
  SettingOutlined,
  UnorderedListOutlined,
} from '@ant-design/icons'
import { Link, useLocation } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Me } from '../../../contract/access.ts'
import { useHint } from '../../ui/keys.ts'
import { useWords } from '../../words.ts'
import { type MenuItem, menuOf } from './site.ts'

const icons: Record<MenuItem['to'], ReactNode> = {
  '/board': <DashboardOutlined />,
  '/records/work-orders': <UnorderedListOutlined />,
  '/standards': <SafetyCertificateOutlined />,
  '/settings/people': <SettingOutlined />,
}

/** In the bar on a wide screen, at the foot under the thumb on a narrow one. */
export function MainMenu({ me }: { me: Me }) {
  const { t } = useWords()
  const hint = useHint()
  const { pathname } = useLocation()
  return (
    <nav className="shell-menu" aria-label={t('shell.menu')}>
      {menuOf(me).map((item) => {
        const here = pathname.startsWith(item.under)
        return (
          <Link
            key={item.to}
            to={item.to}
            title={hint(t(item.word), item.keys)}
            className={here ? 'shell-item shell-here' : 'shell-item'}
            aria-current={here ? 'page' : undefined}
          >
            <span className="shell-icon" aria-hidden="true">
              {icons[item.to]}
            </span>
            {t(item.word)}
          </Link>
        )
      })}
    </nav>
  )
}
