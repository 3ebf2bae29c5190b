import type { z } from 'zod'
import type { previewOwnMeasure } from '../../../contract/measurement-own.ts'
import { organizationOf } from '../../directory/index.ts'
import type { Tx } from '../../platform/database.ts'
import { Refusal } from '../../platform/refusal.ts'
import { dateToDay } from '../../platform/time.ts'
import { describeRecords } from '../explain-records.ts'
import { fromFacts } from '../gather.ts'
import { type Question, spansOf } from '../question.ts'
import { recordsOf } from '../records.ts'
import { ownTallies, tallyNumber } from '../tallies.ts'
import { measuredValue } from '../value.ts'
import { checkDefinition } from './check.ts'
import { compileOwn } from './compile.ts'
import { keepsSketch, measureOfOwn } from './measure.ts'

type Body = z.output<typeof previewOwnMeasure.body>
type Reply = z.input<typeof previewOwnMeasure.reply>

/** It is worked out from the records each time something is typed. */
const mostDays = 100
const recordsShown = 10

/** What a definition says and gives, by the code that will count it. Refuses definition_unusable and span_too_long (400). */
export async function previewOwn(tx: Tx, { definition, from, to }: Body): Promise<Reply> {
  checkDefinition(definition)
  const question: Question = {
    fromDay: dateToDay(from),
    toDay: dateToDay(to) + 1,
    grain: 'whole',
    where: {},
  }
  if (question.toDay - question.fromDay > mostDays)
    throw new Refusal('span_too_long', 400, {
      zh: `试算最多 ${mostDays} 天，请缩短时间。`,
      en: `A trial covers ${mostDays} days at most; take a shorter span.`,
    })
  const tally = ownTallies(keepsSketch(definition))[0]!
  const measure = measureOfOwn({
    ...{ code: 'own:preview', nameZh: '', nameEn: '', better: 'none', version: 1 },
    definition,
    tally,
  })
  const own = compileOwn([{ tally: tallyNumber[tally], definition }])
  const gathered = await fromFacts(tx, question, spansOf(question), await organizationOf(tx), {
    kinds: measure.facts,
    own,
  })
  const amounts = gathered[0]?.get('')?.get('') ?? []
  const { value, interval, n, numerator, denominator } = measuredValue(measure, amounts, 1)
  const found = await recordsOf(tx, measure, own, question, { limit: recordsShown })
  const described = await describeRecords(tx, found.items)
  return {
    ...{ formula: measure.formula, measuredIn: measure.unit, value, interval, numerator, denominator },
    n: measure.shape === 'count' ? (value ?? 0) : n,
    missing: amounts[tallyNumber[tally]]?.missing ?? 0,
    excluded: found.excluded.reduce((sum, one) => sum + one.n, 0),
    records: described.map(({ id, externalId, unit, at, value: own, inNumerator }) => ({
      ...{ id, externalId, unit, at, inNumerator },
      value: own,
    })),
  }
}
