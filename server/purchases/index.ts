export { purchaseTable } from './purchase-table.ts'
export { purchaseRecords } from './purchases.ts'
export { purchasesRoutes } from './routes.ts'
