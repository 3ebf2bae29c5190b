import { useLocation } from '@tanstack/react-router'
import type { Me } from '../../../contract/access.ts'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'

/** What a sheet of paper must say of itself: whose it is, what was asked, by whom and when. */
export function PrintHead({ me }: { me: Me }) {
  const { t } = useWords()
  const { stamp } = useNumbers()
  const { href } = useLocation()
  return (
    <header className="print-only print-head">
      <b>{me.organization.name}</b>
      <span>
        {t('print.by', { name: me.name, at: stamp(new Date().toISOString()), zone: me.organization.zone })}
      </span>
      <span>{decodeURI(href)}</span>
    </header>
  )
}
