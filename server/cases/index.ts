export { sweepClocks } from './clocks.ts'
export { openWorkOrders } from './context.ts'
export {
  deriveOrders,
  type EventRow,
  eventMeanings,
  removeEvents,
  writeEvents,
} from './events.ts'
export { findRepeats, type Touched, touchedOrders } from './repeats.ts'
export { reviewClocks } from './review-clocks.ts'
export { casesRoutes } from './routes.ts'
export { askedOf, fieldsOf, type ListQuery } from './work-order-list.ts'
export { listWorkOrders } from './work-orders.ts'
