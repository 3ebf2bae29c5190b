import { zh as deciding } from './deciding.ts'
import { zh as design } from './design.ts'
import { zh as drawer } from './drawer.ts'
import { zh as heat } from './heat.ts'
import { zh as help } from './help.ts'
import { zh as indicator } from './indicator.ts'
import { zh as intake } from './intake.ts'
import { zh as ownMeasures } from './own-measures.ts'
import { zh as periods } from './periods.ts'
import { zh as records } from './records.ts'
import { zh as responseRate } from './response-rate.ts'
import { zh as settings } from './settings.ts'
import { zh as standards } from './standards.ts'
import { zh as unitPlaces } from './unit-places.ts'

/** The texts of the other pages, which come with the first of them. Each key stands once in both files. */
export const later = {
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
} as const satisfies Record<string, string>
