export { inspectionTable } from './inspection-table.ts'
export { inspectionRecords } from './inspections.ts'
export { type Item, type ItemHead, inRange, printItems, readItemHead } from './items.ts'
export { inspectionsRoutes } from './routes.ts'
