import { clearDemo, loadDemo } from '../server/demo/index.ts'
import { openSecrets } from '../server/platform/secrets.ts'
import { withOrganization } from './context.ts'
import { needWord, UsageError } from './flags.ts'
import { data, talk } from './print.ts'
import type { Command } from './run.ts'

export const command: Command = async (words, flags) => {
  const verb = needWord(words, 0, { zh: ' load 或 clear', en: 'load or clear' })
  if (verb !== 'load' && verb !== 'clear')
    throw new UsageError('请写 demo load 或 demo clear。', 'Say demo load or demo clear.')
  return withOrganization(flags, async ({ db, scope, dataDir }) => {
    const now = new Date()
    if (verb === 'load') {
      const done = await loadDemo(db, scope, { now, secrets: openSecrets(dataDir) })
      if (flags.json) data(done)
      else
        talk(
          `已载入 ${done.workOrders} 条工单、${done.responses} 份答卷。`,
          `Loaded ${done.workOrders} work orders and ${done.responses} responses.`,
        )
    } else {
      const done = await clearDemo(db, scope, { now })
      if (flags.json) data(done)
      else
        talk(
          `已清除 ${done.removed} 条示例记录${done.kept > 0 ? `；您修改过的 ${done.kept} 条保留` : ''}。`,
          `Removed ${done.removed} demo records${done.kept > 0 ? `; the ${done.kept} you edited stay` : ''}.`,
        )
    }
    return 0
  })
}
