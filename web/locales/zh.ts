import { zh as access } from './access.ts'
import { zh as cases } from './cases.ts'
import { zh as directory } from './directory.ts'
import { zh as measurement } from './measurement.ts'
import { zh as shell } from './shell.ts'

/** Chinese, the language the product is written in: the texts of the first page and of the frame around all. */
export const zh = {
  ...shell,
  ...access,
  ...directory,
  ...cases,
  ...measurement,
} as const satisfies Record<string, string>
