import { zh as access } from './access.ts'
import { zh as cases } from './cases.ts'
import { zh as design } from './design.ts'
import { zh as directory } from './directory.ts'
import { zh as help } from './help.ts'
import { zh as intake } from './intake.ts'
import { zh as measurement } from './measurement.ts'
import { zh as records } from './records.ts'
import { zh as settings } from './settings.ts'
import { zh as shell } from './shell.ts'
import { zh as standards } from './standards.ts'

/** Chinese, the language the product is written in: the texts of every module, each key once. */
export const zh = {
  ...shell,
  ...access,
  ...directory,
  ...design,
  ...cases,
  ...records,
  ...intake,
  ...measurement,
  ...standards,
  ...settings,
  ...help,
} as const satisfies Record<string, string>
