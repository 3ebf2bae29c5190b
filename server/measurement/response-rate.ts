import type { ResponseRate } from '../../contract/response-rate.ts'
import type { Amounts } from './amounts.ts'
import { invitationTally, type Measure } from './measure.ts'
import { tallyNumber } from './tallies.ts'
import { rateOf } from './value.ts'

/** What stands beside a figure: nothing where it does not come from answers, null where nothing is known to have been sent. */
export interface WithResponseRate {
  responseRate?: ResponseRate | null
}

const ofNoAnswers: WithResponseRate = {}

/** From the amounts of the figure itself, so that both are of the same days, filters and member. */
export function responseRateBeside(measure: Measure, amounts: Amounts): WithResponseRate {
  const tally = invitationTally(measure)
  if (tally === undefined) return ofNoAnswers
  const invitations = amounts[tallyNumber[tally]]
  return { responseRate: invitations ? responseRateOf(invitations.sum, invitations.n) : null }
}

/** Not 0 % where nothing was sent: nobody was asked. */
export const responseRateOf = (submitted: number, sent: number): ResponseRate | null =>
  sent === 0 ? null : { sent, submitted, value: rateOf(submitted, sent).value }
