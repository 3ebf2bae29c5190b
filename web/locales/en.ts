import { en as access } from './access.ts'
import { en as cases } from './cases.ts'
import { en as design } from './design.ts'
import { en as directory } from './directory.ts'
import { en as help } from './help.ts'
import { en as intake } from './intake.ts'
import { en as measurement } from './measurement.ts'
import { en as records } from './records.ts'
import { en as settings } from './settings.ts'
import { en as shell } from './shell.ts'
import { en as standards } from './standards.ts'
import type { zh } from './zh.ts'

/** English: the same keys; a test holds both complete. */
export const en: Record<keyof typeof zh, string> = {
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
}
