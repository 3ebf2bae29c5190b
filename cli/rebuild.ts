import { rebuild } from '../server/measurement/index.ts'
import { withOrganization } from './context.ts'
import { data, talk } from './print.ts'
import type { Command } from './run.ts'

/** Exit 1 when `--check` finds cells that the facts do not bear out. */
export const command: Command = async (_words, flags) => {
  const check = flags.check === true
  return withOrganization(flags, async ({ db, scope }) => {
    const quiet = flags.quiet === true || !process.stderr.isTTY
    const done = await rebuild(db, scope.organizationId, {
      check,
      now: new Date(),
      ...(!quiet && { onProgress: (facts: number) => process.stderr.write(`\r${facts}   `) }),
    })
    if (!quiet) process.stderr.write('\r')
    if (flags.json) data({ check, ...done })
    else {
      for (const difference of done.differences) process.stdout.write(`${difference}\n`)
      talk(
        `${check ? '已核对' : '已重算'}：事实 ${done.facts} 条，单元 ${done.cells} 个，不一致 ${done.differing} 个。`,
        `${check ? 'Checked' : 'Rebuilt'}: ${done.facts} facts, ${done.cells} cells, ${done.differing} differing.`,
      )
    }
    return check && done.differing > 0 ? 1 : 0
  })
}
