export { type CalendarVersion, usualCalendar } from './calendar.ts'
export { calendarsOf, openHours } from './calendars.ts'
export { checkIndicators } from './check.ts'
export { type Deadline, deadline } from './deadline.ts'
export { dueOf } from './due.ts'
export { type Dues, dues, type LimitScope, pausesFor, timeLimit } from './limits.ts'
export { packs } from './packs.ts'
export { standardsRoutes } from './routes.ts'
export { ruleSentence, targetText, wordsOf as unitWords } from './sentences.ts'
export type {
  Clock,
  ClockOfWork,
  Indicator,
  MeasuresKnown,
  MeasureWords,
  Rule,
  Standard,
  Target,
  TimeLimit,
} from './shapes.ts'
export { installPack, limitsByDay, publishStandard, standardOn } from './standards.ts'
export { aroundTheClock, type Hours, type Pause } from './working-time.ts'
