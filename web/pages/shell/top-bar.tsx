import { QuestionCircleOutlined, SearchOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { Me } from '../../../contract/access.ts'
import { readPeriods } from '../../../contract/measurement.ts'
import { call } from '../../call.ts'
import { useHint } from '../../ui/keys.ts'
import { keysShown } from '../../ui/shortcuts.ts'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { DemoChip } from './demo-chip.tsx'
import { HelpMenu } from './help-menu.tsx'
import { LanguageToggle } from './toggles.tsx'
import { UserMenu } from './user-menu.tsx'

interface Props {
  me: Me
  onPalette: () => void
  onShortcuts: () => void
}

/** At the same place on every page: the demo's mark, how fresh the figures are, search, language, help, account. */
export function TopBar({ me, onPalette, onShortcuts }: Props) {
  const { t } = useWords()
  const hint = useHint()
  return (
    <div className="shell-side">
      {me.demo && <DemoChip mayClear={me.can.manage} />}
      <DataTime />
      <Button
        type="text"
        className="shell-search"
        icon={<SearchOutlined />}
        aria-keyshortcuts="Control+K Meta+K"
        title={hint(t('key.palette'), 'Mod+k')}
        onClick={onPalette}
      >
        <span className="unseen">{t('key.palette')}</span>
        <kbd className="shell-kbd">{keysShown('Mod+k')}</kbd>
      </Button>
      <span className="shell-wide">
        <LanguageToggle />
      </span>
      <HelpMenu icon={<QuestionCircleOutlined />} onPalette={onPalette} onShortcuts={onShortcuts} />
      <UserMenu me={me} />
    </div>
  )
}

/** When figures last changed; the board tells the query anew when they do. */
function DataTime() {
  const { t } = useWords()
  const { stamp } = useNumbers()
  const periods = useQuery({ queryKey: ['periods'], queryFn: () => call(readPeriods, {}) })
  if (!periods.data?.measuredAt) return null
  return (
    <span className="shell-time soft small number">
      {t('shell.dataTime', { at: stamp(periods.data.measuredAt) })}
    </span>
  )
}
