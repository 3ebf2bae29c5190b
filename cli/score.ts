import { drainChanges, scorecard } from '../server/measurement/index.ts'
import { unitId, withOrganization } from './context.ts'
import { type Flags, needFlag, textFlag, UsageError } from './flags.ts'
import { periodOf } from './period.ts'
import { data, language, table, talk } from './print.ts'
import { responseRateText } from './response-rate.ts'
import type { Command } from './run.ts'

export const command: Command = async (_words, flags) => {
  const period = needFlag(flags, 'period')
  periodOf(period)
  const copy = copyOf(flags)
  return withOrganization(flags, async (context) => {
    const { db, scope } = context
    const now = new Date()
    const unit = await unitId(context, textFlag(flags, 'unit'))
    await drainChanges(db, scope.organizationId, now)
    const card = await db.transaction(
      scope,
      (tx) => scorecard(tx, { period, ...(unit !== undefined && { unit }), ...(copy && { copy }) }, { now }),
      { readOnly: true, timeoutMs: 0 },
    )
    if (flags.json) data(documentOf(card))
    else printed(card)
    return 0
  })
}

/** Of a closed period its newest copy, unless another one or the figures of now are asked for. */
function copyOf(flags: Flags): number | 'live' | undefined {
  const given = textFlag(flags, 'copy')
  if (given === undefined || given === 'live') return given
  if (/^[1-9]\d{0,3}$/.test(given)) return Number(given)
  throw new UsageError(
    '--copy 应为 live 或份号，如 1。',
    '--copy is live or the number of a copy, such as 1.',
  )
}

type Card = Awaited<ReturnType<typeof scorecard>>

const documentOf = (card: Card) => ({
  period: card.period,
  unit: card.unit?.name ?? null,
  standard: card.standard,
  total: card.total,
  base_weight: card.baseWeight,
  left_out: card.leftOut,
  state: card.state,
  copy: card.copy && {
    number: card.copy.number,
    made_at: card.copy.madeAt,
    by: card.copy.by,
    note: card.copy.note,
  },
  indicators: card.indicators.map((one) => ({
    code: one.code,
    dimension: one.dimension,
    value: one.value,
    n: one.n,
    target: { op: one.target.op, value: one.target.value },
    score: one.score,
    attainment: one.attainment,
    weight: one.weight,
    status: one.status,
    interval: one.interval,
    ...('responseRate' in one && { response_rate: one.responseRate }),
    state: one.state,
    missing: one.missing,
  })),
})

function printed(card: Card): void {
  const lang = language()
  const zh = lang === 'zh'
  table(
    zh
      ? ['指标', '数值', '样本数', '目标', '达成率', '得分', '权重', '状态', '问卷回收率']
      : ['Indicator', 'Value', 'n', 'Target', 'Attained', 'Score', 'Weight', 'Status', 'Response rate'],
    card.indicators.map((one) => [
      one.name[lang],
      shown(one.value),
      String(one.n),
      one.target.text[lang],
      one.attainment === null ? '–' : `${shown(one.attainment)}%`,
      shown(one.score),
      String(one.weight),
      one.state === 'ok' ? one.status : [one.state, ...one.missing].join(' '),
      responseRateText(one),
    ]),
    [1, 2, 4, 5, 6],
  )
  talk(
    `${card.period} 总分 ${shown(card.total)}（计入权重 ${shown(card.baseWeight)}，标准 ${card.standard ?? '无'}，${stateOf(card).zh}）`,
    `${card.period}: total ${shown(card.total)} (weight counted ${shown(card.baseWeight)}, standard ${card.standard ?? 'none'}, ${stateOf(card).en})`,
  )
}

function stateOf({ state, copy }: Card): { zh: string; en: string } {
  if (state === 'open') return { zh: '周期未结束', en: 'period running' }
  if (state === 'complete') return { zh: '周期已结束', en: 'period over' }
  if (copy) return { zh: `已关账，第 ${copy.number} 份`, en: `closed, copy ${copy.number}` }
  return { zh: '已关账，此处为当前数据', en: 'closed; these are the figures of now' }
}

const shown = (value: number | null): string => (value === null ? '–' : String(Math.round(value * 100) / 100))
