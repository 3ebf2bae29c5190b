import {
  type Closed,
  closePeriod,
  listPeriods,
  readyToClose,
  restatePeriod,
} from '../server/measurement/index.ts'
import { recordAudit } from '../server/platform/audit.ts'
import type { Tx } from '../server/platform/database.ts'
import { type Context, withOrganization } from './context.ts'
import { choice, type Flags, needFlag, needWord, textFlag } from './flags.ts'
import { periodOf } from './period.ts'
import { data, language, table, talk } from './print.ts'
import type { Command } from './run.ts'

const grains = ['day', 'week', 'month', 'quarter', 'year'] as const
const verbs = ['list', 'close', 'restate'] as const

export const command: Command = async (words, flags) => {
  const verb = choice(
    needWord(words, 0, { zh: 'list、close 或 restate', en: 'list, close or restate' }),
    verbs,
    'period',
  )
  if (verb === 'list') return list(flags)
  const period = needFlag(flags, 'period')
  periodOf(period)
  const note = needFlag(flags, verb === 'close' ? 'note' : 'reason').trim()
  return withOrganization(flags, (context) =>
    freeze(context, { verb, period, note, json: flags.json === true }),
  )
}

async function list(flags: Flags): Promise<number> {
  const given = textFlag(flags, 'grain')
  const grain = given === undefined ? undefined : choice(given, grains, 'grain')
  return withOrganization(flags, async ({ db, scope }) => {
    const { items } = await db.transaction(scope, (tx) => listPeriods(tx, { grain, last: 12 }, new Date()), {
      readOnly: true,
    })
    if (flags.json)
      data({
        periods: items.map(({ period, from, to, state, over, copies }) => ({
          period,
          from,
          to,
          state,
          over,
          copies: copies.map(({ number, madeAt, by, note }) => ({ number, made_at: madeAt, by, note })),
        })),
      })
    else {
      const zh = language() === 'zh'
      table(
        zh
          ? ['周期', '状态', '份', '时间', '经手人', '说明']
          : ['Period', 'State', 'Copy', 'Made', 'By', 'Note'],
        items.map(({ period, state, over, copies: [newest] }) => [
          period,
          wordOf(state, over),
          newest ? String(newest.number) : '',
          newest?.madeAt.slice(0, 10) ?? '',
          newest?.by ?? '',
          newest?.note ?? '',
        ]),
        [2],
      )
    }
    return 0
  })
}

function wordOf(state: 'open' | 'closed' | 'restated', over: boolean): string {
  const zh = language() === 'zh'
  if (state === 'closed') return zh ? '已关账' : 'closed'
  if (state === 'restated') return zh ? '已重述' : 'restated'
  return over ? (zh ? '未关账' : 'not closed') : zh ? '进行中' : 'running'
}

interface Asked {
  verb: 'close' | 'restate'
  period: string
  note: string
  json: boolean
}

async function freeze({ db, scope }: Context, { verb, period, note, json }: Asked): Promise<number> {
  const now = new Date()
  const closer = { by: { id: null, name: operator }, now, note }
  await readyToClose(db, scope.organizationId, now)
  const done = await db.transaction(
    scope,
    async (tx) => {
      const copy: Closed & { moved?: number } = await (verb === 'close' ? closePeriod : restatePeriod)(
        tx,
        period,
        closer,
      )
      await audit(tx, verb === 'close' ? 'closePeriod' : 'restatePeriod', period, { ...copy, note }, now)
      return copy
    },
    { timeoutMs: 0 },
  )
  if (json)
    data({ period, copy: done.number, cards: done.cards, moved: done.moved ?? null, sha256: done.sha256 })
  else if (verb === 'close')
    talk(
      `${period} 已关账，冻结了 ${done.cards} 张计分卡。`,
      `${period} is closed; ${done.cards} scorecards are frozen.`,
    )
  else
    talk(
      `${period} 已重述为第 ${done.number} 份，变动 ${done.moved ?? 0} 项。`,
      `${period} is restated as copy ${done.number}; ${done.moved ?? 0} figures moved.`,
    )
  return 0
}

const operator = 'command line'

/** What the operator does at the machine is on the trail too. */
const audit = (tx: Tx, action: string, period: string, detail: Record<string, unknown>, now: Date) =>
  recordAudit(
    tx,
    {
      actorId: null,
      actorName: operator,
      action,
      objectKind: 'period',
      objectId: period,
      result: 'ok',
      requestId: null,
      detail,
    },
    now,
  )
