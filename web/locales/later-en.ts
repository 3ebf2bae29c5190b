import { en as deciding } from './deciding.ts'
import { en as design } from './design.ts'
import { en as drawer } from './drawer.ts'
import { en as heat } from './heat.ts'
import { en as help } from './help.ts'
import { en as indicator } from './indicator.ts'
import { en as intake } from './intake.ts'
import type { later as zhLater } from './later-zh.ts'
import { en as ownMeasures } from './own-measures.ts'
import { en as periods } from './periods.ts'
import { en as records } from './records.ts'
import { en as responseRate } from './response-rate.ts'
import { en as settings } from './settings.ts'
import { en as standards } from './standards.ts'
import { en as unitPlaces } from './unit-places.ts'

/** As `later-zh.ts`. */
export const later: Record<keyof typeof zhLater, string> = {
  ...design,
  ...ownMeasures,
  ...periods,
  ...records,
  ...drawer,
  ...indicator,
  ...responseRate,
  ...intake,
  ...standards,
  ...deciding,
  ...settings,
  ...help,
  ...heat,
  ...unitPlaces,
}
