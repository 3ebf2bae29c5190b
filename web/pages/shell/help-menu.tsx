import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { Drop } from '../../ui/drop.tsx'
import { useHint } from '../../ui/keys.ts'
import { keysShown } from '../../ui/shortcuts.ts'
import { useWords } from '../../words.ts'

interface Props {
  icon: ReactNode
  onPalette: () => void
  onShortcuts: () => void
}

export function HelpMenu({ icon, onPalette, onShortcuts }: Props) {
  const { t } = useWords()
  const hint = useHint()
  return (
    <Drop
      align="end"
      button={(open, toggle) => (
        <Button
          type="text"
          icon={icon}
          aria-label={t('shell.help')}
          title={hint(t('shell.help'), '?')}
          aria-expanded={open}
          onClick={toggle}
        />
      )}
    >
      {(close) => {
        const then = (act: () => void) => () => {
          close()
          act()
        }
        return (
          <div className="drop-list">
            <Link to="/help" search={{}} onClick={close}>
              {t('help.page')}
            </Link>
            <button type="button" onClick={then(onPalette)}>
              {t('key.palette')} <kbd>{keysShown('Mod+k')}</kbd>
            </button>
            <button type="button" onClick={then(onShortcuts)}>
              {t('key.list')} <kbd>?</kbd>
            </button>
            <a href="/api/docs">{t('shell.apiDocs')}</a>
            <Link to="/design" onClick={close}>
              {t('shell.design')}
            </Link>
          </div>
        )
      }}
    </Drop>
  )
}
