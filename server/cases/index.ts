export { sweepClocks } from './clocks.ts'
export { openWorkOrders } from './context.ts'
export { deriveOrders, type EventRow, removeEvents, writeEvents } from './events.ts'
export { findRepeats } from './repeats.ts'
