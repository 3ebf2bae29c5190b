export { aboutOrder, orderNamed } from './about-order.ts'
export { lockCosts, lockFile } from './beside-imports.ts'
export {
  columnOf,
  columnsOf,
  customerOf,
  type Edit,
  enter,
  freeNumber,
  type Given,
  type HandContext,
  orderOfNumber,
} from './by-hand.ts'
export type { Clocked } from './clocked.ts'
export { sweepClocks, sweepDue } from './clocks.ts'
export { contactTable } from './contact-table.ts'
export { contactRecords } from './contacts.ts'
export { type ClockRules, clockRules, letRulesStand, openWorkOrders } from './context.ts'
export { costTable } from './cost-table.ts'
export { costRecords } from './costs.ts'
export { episodeFacts } from './episodes.ts'
export {
  deriveOrders,
  type EventRow,
  eventMeanings,
  removeEvents,
  writeEvents,
} from './events.ts'
export { messageTable } from './message-table.ts'
export { messageRecords } from './messages.ts'
export { recordsByHand } from './records-by-hand.ts'
export {
  customerIn,
  customerJoins,
  customerNames,
  isoIn,
  maskedIn,
  namedIn,
  numberIn,
  orderIn,
  plainIn,
  provenanceIn,
  type RecordRow,
  recordJoins,
  recordNames,
  recordStage,
  stageIn,
} from './reply-parts.ts'
export { reviewClocks, reviewDues } from './review-clocks.ts'
export { casesRoutes } from './routes.ts'
export { servedByHand, serveRecords } from './serve-records.ts'
export { tellSurveysSent } from './surveys-sent.ts'
export { findAnew, type Touched, touchedRecords } from './touched.ts'
export { askedOf, fieldsOf, type ListQuery } from './work-order-list.ts'
export { listWorkOrders } from './work-orders.ts'
