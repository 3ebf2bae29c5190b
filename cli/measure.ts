import {
  catalogueFor,
  dimensions,
  drainChanges,
  figures,
  minimumOn,
  type Question,
} from '../server/measurement/index.ts'
import { dateToDay } from '../server/platform/time.ts'
import { withOrganization } from './context.ts'
import { choice, needFlag, needWord, textFlag, UsageError } from './flags.ts'
import { resolveWhere } from './measure-where.ts'
import { data, language, table } from './print.ts'
import { responseRateText } from './response-rate.ts'
import type { Command } from './run.ts'

const grains = ['day', 'week', 'month', 'quarter', 'year', 'whole'] as const

export const command: Command = async (words, flags) => {
  const code = needWord(words, 0, { zh: '指标代码', en: 'the code of the measure' })
  const by = textFlag(flags, 'by')
  const across = textFlag(flags, 'across')
  const span = {
    fromDay: dayOf(needFlag(flags, 'from'), 'from'),
    toDay: dayOf(needFlag(flags, 'to'), 'to') + 1,
    grain: choice(textFlag(flags, 'grain') ?? 'whole', grains, 'grain'),
    ...(by !== undefined && { by: choice(by, dimensions, 'by') }),
    ...(across !== undefined && { across: choice(across, dimensions, 'across') }),
  }
  return withOrganization(flags, async ({ db, scope, zone }) => {
    const now = new Date()
    await drainChanges(db, scope.organizationId, now)
    const { rows, unit, better, version } = await db.transaction(
      scope,
      async (tx) => {
        const question: Question = { ...span, where: await resolveWhere(tx, flags.where) }
        const { unit, better, version } = (await catalogueFor(tx, [code])).of(code)
        const minimumN = await minimumOn(tx, span.fromDay)
        return { unit, better, version, rows: await figures(tx, code, question, { now, minimumN }) }
      },
      { readOnly: true, timeoutMs: 0 },
    )
    if (flags.json)
      data({
        code,
        measured_in: unit,
        better,
        version,
        zone,
        rows: rows.map((row) => ({
          period: row.period,
          member: row.memberName,
          member_id: row.member,
          ...(across !== undefined && { across: row.acrossName, across_id: row.across }),
          n: row.n,
          sum: row.sum,
          value: row.value,
          p50: row.p50,
          p90: row.p90,
          interval: row.interval,
          ...('responseRate' in row && { response_rate: row.responseRate }),
          state: row.state,
          numerator: row.numerator,
          denominator: row.denominator,
          missing: row.missing,
        })),
      })
    else {
      const zh = language() === 'zh'
      const answers = rows.some((row) => 'responseRate' in row)
      const header = zh
        ? [
            '周期',
            '成员',
            ...(across === undefined ? [] : ['交叉成员']),
            '样本数',
            `数值（${unit}）`,
            'P50',
            'P90',
            '95% 区间',
            '状态',
            ...(answers ? ['问卷回收率'] : []),
          ]
        : [
            'Period',
            'Member',
            ...(across === undefined ? [] : ['Across']),
            'n',
            `Value (${unit})`,
            'P50',
            'P90',
            '95 % interval',
            'State',
            ...(answers ? ['Response rate'] : []),
          ]
      table(
        header,
        rows.map((row) => [
          row.period,
          row.memberName ?? '',
          ...(across === undefined ? [] : [row.acrossName ?? '']),
          String(row.n),
          shown(row.value),
          shown(row.p50),
          shown(row.p90),
          row.interval ? row.interval.map(shown).join(' – ') : '',
          [row.state, ...row.missing].join(' '),
          ...(answers ? [responseRateText(row)] : []),
        ]),
        across === undefined ? [2, 3, 4, 5] : [3, 4, 5, 6],
      )
    }
    return 0
  })
}

const shown = (value: number | null): string => (value === null ? '–' : String(Math.round(value * 100) / 100))

function dayOf(text: string, flag: string): number {
  try {
    return dateToDay(text)
  } catch {
    throw new UsageError(`--${flag} 应为 2024-05-01 这样的日期。`, `--${flag} is a date such as 2024-05-01.`)
  }
}
