import { en as access } from './access.ts'
import { en as cases } from './cases.ts'
import { en as directory } from './directory.ts'
import { en as measurement } from './measurement.ts'
import { en as shell } from './shell.ts'
import type { zh } from './zh.ts'

/** English: the same keys; a test holds both complete. */
export const en: Record<keyof typeof zh, string> = {
  ...shell,
  ...access,
  ...directory,
  ...cases,
  ...measurement,
}
