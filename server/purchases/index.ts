export { purchaseTable } from './purchase-table.ts'
export { listPurchases } from './purchases.ts'
export { purchasesRoutes } from './routes.ts'
