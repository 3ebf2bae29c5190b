import type { Field } from './fields.ts'
import type { Cell } from './read/table.ts'
import type { DateOrder } from './values-clock.ts'
import { parseHours, parsePoints } from './values-hours.ts'
import { parseDate, parseInstant } from './values-instant.ts'
import { parseCount, parseDecimal, parseNps, parseRating } from './values-number.ts'
import { parseText } from './values-text.ts'
import type { Parsed } from './values-trouble.ts'
import {
  type Category,
  parseBoolean,
  parseCategory,
  parseChannel,
  parseComplexity,
  parseCostKind,
  parseFeedbackStatus,
  parseInspectionKind,
  parseMessageSender,
  parsePriority,
  parseTrainingKind,
} from './values-words.ts'

/** A value of a record: texts and decimals as strings, instants as epoch ms, days as `YYYY-MM-DD`. */
export type Value = string | number | boolean | null

export type ParsedField = Parsed<string | number | boolean | Category> & { dateOnly?: boolean }

export interface FieldOptions {
  zone: string
  format?: string
  order?: DateOrder
  guess?: readonly DateOrder[]
  now: number
}

/** The one parser of a field's cells: dry run, import and preview all read by it. */
export function parserOf(field: Field, options: FieldOptions): (cell: Cell) => ParsedField {
  switch (field.type) {
    case 'instant':
      return (cell) => parseInstant(cell, options)
    case 'date':
      return (cell) => parseDate(cell, options)
    case 'decimal':
      return parseDecimal
    case 'hours':
      return (cell) => parseHours(cell, field.most)
    case 'points':
      return (cell) => parsePoints(cell, field.most)
    case 'integer':
      return parseCount
    case 'boolean':
      return parseBoolean
    case 'rating':
      return parseRating
    case 'nps':
      return parseNps
    case 'category':
      return parseCategory
    case 'enum':
      return wordParser(field.words)
    case 'text':
      return parseText
  }
}

function wordParser(words: Field['words']): (cell: Cell) => Parsed<string> {
  switch (words) {
    case 'priority':
      return parsePriority
    case 'complexity':
      return parseComplexity
    case 'inspection-kind':
      return parseInspectionKind
    case 'training-kind':
      return parseTrainingKind
    case 'message-sender':
      return parseMessageSender
    case 'cost-kind':
      return parseCostKind
    case 'feedback-status':
      return parseFeedbackStatus
    default:
      return parseChannel
  }
}
