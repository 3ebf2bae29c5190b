import type { z } from 'zod'
import type { tryStandard } from '../../contract/measurement.ts'
import type { Tx } from '../platform/database.ts'
import { type Ratio, toNumber } from '../platform/ratio.ts'
import { notFound } from '../platform/refusal.ts'
import { dayToDate, periodLabel } from '../platform/time.ts'
import { checkIndicators, type Indicator, standardOn, targetText } from '../standards/index.ts'
import { type Catalogue, wholeCatalogue } from './catalogue.ts'
import { indicatorFigures } from './figures.ts'
import { type IndicatorScore, scorePeriod } from './score-period.ts'
import { periodOf } from './scorecard.ts'

type Trial = z.output<typeof tryStandard.reply>

/**
 * A period scored by the standard in force on its first day and by a draft, from the same figures. The draft's weights
 * need not total 100 yet. Refuses what could not be scored, and a unit the actor may not see (404).
 */
export async function trial(
  tx: Tx,
  draft: z.output<typeof tryStandard.body>,
  { now }: { now: Date },
): Promise<Trial> {
  const catalogue = await wholeCatalogue(tx)
  checkIndicators(
    draft.indicators,
    catalogue.measures.map(({ code }) => code),
  )
  const { grain, fromDay, toDay } = periodOf(draft.period)
  if (draft.unit && !tx.unitIds.includes(draft.unit)) throw notFound()
  const standard = await standardOn(tx, dayToDate(fromDay))
  const all = [...(standard?.indicators ?? []), ...draft.indicators]
  const where = draft.unit ? { unit: draft.unit } : {}
  const figures = await indicatorFigures(tx, all, { fromDay, toDay, grain, where }, { now })
  const label = periodLabel(grain, fromDay)
  const figureOf = (indicator: Indicator) => figures(indicator, label)
  const before = scorePeriod(standard?.indicators ?? [], figureOf)
  const after = scorePeriod(draft.indicators, figureOf)
  const codes = [...new Set([...after.rows, ...before.rows].map(({ indicator }) => indicator.code))]
  return {
    period: draft.period,
    standard: standard ? `v${standard.version}` : null,
    before: numberOf(before.total),
    after: numberOf(after.total),
    rows: codes.map((code) => {
      const [old, fresh] = [before.rows, after.rows].map((rows) =>
        rows.find(({ indicator }) => indicator.code === code),
      )
      const shown = (fresh ?? old)!
      const { nameZh, nameEn, measure } = shown.indicator
      return {
        code,
        name: { zh: nameZh, en: nameEn },
        unit: catalogue.of(measure).unit,
        value: shown.figure.value,
        n: shown.figure.n,
        before: sideOf(old, catalogue),
        after: sideOf(fresh, catalogue),
      }
    }),
  }
}

const sideOf = (row: IndicatorScore | undefined, { of }: Catalogue): Trial['rows'][number]['before'] => ({
  score: numberOf(row?.score),
  weight: row?.indicator.weight ?? null,
  targetText: row ? targetText(row.indicator.target, of(row.indicator.measure).unit) : null,
})

const numberOf = (exact: Ratio | null | undefined): number | null => (exact ? toNumber(exact) : null)
