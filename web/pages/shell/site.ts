import type { Me } from '../../../contract/access.ts'
import { mayReadRecords, mayReadStandards } from '../../session.ts'
import type { Keys } from '../../ui/shortcuts.ts'
import type { Key } from '../../words.ts'

interface Place {
  to: string
  word: Key
  /** Absent, not greyed, for those it is not for. */
  allowed: (me: Me) => boolean
}

const always = () => true
const manages = (me: Me) => me.can.manage
const imports = (me: Me) => me.can.import

/** The menu: an entry is lit on every address that begins with `under`. */
export const menu = [
  { to: '/board', under: '/board', word: 'menu.board', keys: 'g b', allowed: always },
  {
    to: '/records/work-orders',
    under: '/records',
    word: 'menu.records',
    keys: 'g r',
    allowed: mayReadRecords,
  },
  { to: '/standards', under: '/standards', word: 'menu.standards', keys: 'g s', allowed: mayReadStandards },
  { to: '/settings/people', under: '/settings', word: 'menu.settings', keys: 'g ,', allowed: manages },
] as const satisfies readonly (Place & { under: string; keys: Keys })[]

/** Pages below the menu, for the palette and for who may open them. */
export const pages = [
  { to: '/board/periods', word: 'page.periods', allowed: always },
  { to: '/records/feedback', word: 'page.feedback', allowed: mayReadRecords },
  { to: '/records/responses', word: 'page.responses', allowed: mayReadRecords },
  { to: '/records/invitations', word: 'page.invitations', allowed: mayReadRecords },
  { to: '/records/contacts', word: 'page.contacts', allowed: mayReadRecords },
  { to: '/records/inspections', word: 'page.inspections', allowed: mayReadRecords },
  { to: '/records/trainings', word: 'page.trainings', allowed: mayReadRecords },
  { to: '/records/purchases', word: 'page.purchases', allowed: mayReadRecords },
  { to: '/records/attendance', word: 'page.attendance', allowed: mayReadRecords },
  { to: '/records/messages', word: 'page.messages', allowed: mayReadRecords },
  { to: '/records/costs', word: 'page.costs', allowed: mayReadRecords },
  { to: '/records/import', word: 'page.import', allowed: imports },
  { to: '/standards/new', word: 'page.publish', allowed: (me: Me) => me.can.editStandards },
  { to: '/standards/measures', word: 'page.ownMeasures', allowed: mayReadStandards },
  { to: '/settings/accounts', word: 'settings.accounts', allowed: manages },
  { to: '/settings/organization', word: 'settings.organization', allowed: manages },
  { to: '/settings/products', word: 'products.title', allowed: manages },
  { to: '/settings/calendar', word: 'settings.calendar', allowed: manages },
  { to: '/help', word: 'shell.help', allowed: always },
  { to: '/design', word: 'shell.design', allowed: always },
] as const satisfies readonly Place[]

export type MenuItem = (typeof menu)[number]
export const menuOf = (me: Me): MenuItem[] => menu.filter(({ allowed }) => allowed(me))
export const placesOf = (me: Me) => [...menu, ...pages].filter(({ allowed }) => allowed(me))

/** Whether the page at this address is for them; the longest entry that the address begins with decides. */
export function mayOpen(me: Me, pathname: string): boolean {
  const within = (start: string) => pathname === start || pathname.startsWith(`${start}/`)
  const known = [
    ...menu.map(({ under, allowed }) => ({ start: under as string, allowed })),
    ...pages.map(({ to, allowed }) => ({ start: to as string, allowed })),
  ].filter(({ start }) => within(start))
  return known.sort((a, b) => b.start.length - a.start.length)[0]?.allowed(me) ?? true
}
