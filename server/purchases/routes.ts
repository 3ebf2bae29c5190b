import * as contract from '../../contract/purchases.ts'
import { serveRecords } from '../cases/index.ts'
import type { Secrets } from '../platform/secrets.ts'
import { createPurchase, editPurchase, listPurchases, readPurchase } from './purchases.ts'

export const purchasesRoutes = (secrets: Secrets) =>
  serveRecords(secrets, contract.purchases, {
    objectKind: 'purchase',
    list: (tx, query, zoneName) => listPurchases(tx, secrets, query, zoneName),
    read: (tx, id) => readPurchase(tx, secrets, id),
    create: (tx, given, context) => createPurchase(tx, secrets, given, context),
    edit: (tx, id, given, how) => editPurchase(tx, secrets, id, given, how),
  })
