import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { readPeriods, readScorecard } from '../../../contract/measurement.ts'
import { call } from '../../call.ts'

/** First and last day that have facts, and today. */
export const periodsQuery = queryOptions({ queryKey: ['periods'], queryFn: () => call(readPeriods, {}) })

/** Period and filters of the board, which its links carry on. */
export interface Question {
  period: string
  unit?: string | undefined
  product?: string | undefined
}

/** The scorecard of a question; the one before it stays until it is there. */
export const scorecardQuery = (question: Question) =>
  queryOptions({
    queryKey: ['scorecard', question],
    queryFn: ({ signal }) => call(readScorecard, { query: question, signal }),
    placeholderData: keepPreviousData,
  })
