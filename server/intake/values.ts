export { DateOrderDetector } from './values-date-order.ts'
export { type InstantOptions, parseDate, parseInstant } from './values-instant.ts'
export { parseDecimal, parseInteger, parseNps, parseRating } from './values-number.ts'
export { cellText, parseText } from './values-text.ts'
export {
  parseBoolean,
  parseCategory,
  parseChannel,
  parseComplexity,
  parseFeedbackStatus,
  parsePriority,
} from './values-words.ts'
