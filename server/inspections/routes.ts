import * as contract from '../../contract/inspections.ts'
import { servedByHand, serveRecords } from '../cases/index.ts'
import type { Secrets } from '../platform/secrets.ts'
import { inspectionRecords } from './inspections.ts'

export const inspectionsRoutes = (secrets: Secrets) =>
  serveRecords(secrets, contract.inspections, servedByHand(secrets, 'inspection', inspectionRecords))
