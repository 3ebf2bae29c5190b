import * as contract from '../../contract/inspections.ts'
import { serveRecords } from '../cases/index.ts'
import type { Secrets } from '../platform/secrets.ts'
import { createInspection, editInspection, listInspections, readInspection } from './inspections.ts'

export const inspectionsRoutes = (secrets: Secrets) =>
  serveRecords(secrets, contract.inspections, {
    objectKind: 'inspection',
    list: listInspections,
    read: readInspection,
    create: createInspection,
    edit: editInspection,
  })
