import * as contract from '../../contract/purchases.ts'
import { servedByHand, serveRecords } from '../cases/index.ts'
import type { Secrets } from '../platform/secrets.ts'
import { purchaseRecords } from './purchases.ts'

export const purchasesRoutes = (secrets: Secrets) =>
  serveRecords(secrets, contract.purchases, servedByHand(secrets, 'purchase', purchaseRecords))
