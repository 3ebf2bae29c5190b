import { routes } from '../contract/index.ts'
import { version } from '../server/app.ts'
import { openapi } from '../server/platform/http/openapi.ts'
import { data } from './print.ts'
import type { Command } from './run.ts'

export const command: Command = async () => {
  data(openapi(routes, version))
  return 0
}
