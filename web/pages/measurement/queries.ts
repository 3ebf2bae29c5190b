import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { readPeriod, readPeriods, readScorecard } from '../../../contract/measurement.ts'
import { call } from '../../call.ts'

/** First and last day that have facts, and today. */
export const periodsQuery = queryOptions({ queryKey: ['periods'], queryFn: () => call(readPeriods, {}) })

/** Period and filters of the board, which its links carry on. */
export interface Question {
  period: string
  unit?: string | undefined
  product?: string | undefined
  /** of a closed period: one copy, or what the records give now; else its newest copy */
  copy?: 'live' | number | undefined
}

/** The scorecard of a question; the one before it stays until it is there. */
export const scorecardQuery = (question: Question) =>
  queryOptions({
    queryKey: ['scorecard', question],
    queryFn: ({ signal }) => call(readScorecard, { query: question, signal }),
    placeholderData: keepPreviousData,
  })

/** The state of a period, and how much of one scorecard moved since its newest copy. */
export const periodQuery = (period: string, unit?: string) =>
  queryOptions({
    queryKey: ['period', period, unit],
    queryFn: ({ signal }) => call(readPeriod, { params: { period }, query: { unit }, signal }),
  })
