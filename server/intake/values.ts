export { DateOrderDetector, type DateOrderVerdict } from './values-date-order.ts'
export { formatFault } from './values-format.ts'
export { type InstantOptions, type ParsedInstant, parseDate, parseInstant } from './values-instant.ts'
export { type ParsedDecimal, parseDecimal, parseInteger, parseNps, parseRating } from './values-number.ts'
export { cellText, parseText } from './values-text.ts'
export { type Trouble, trouble } from './values-trouble.ts'
export {
  type Category,
  parseBoolean,
  parseCategory,
  parseChannel,
  parseComplexity,
  parseFeedbackStatus,
  parsePriority,
} from './values-words.ts'
