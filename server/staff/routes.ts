import * as contract from '../../contract/staff.ts'
import { serveRecords } from '../cases/index.ts'
import type { Secrets } from '../platform/secrets.ts'
import { createTraining, editTraining, listTrainings, readTraining } from './trainings.ts'

export const staffRoutes = (secrets: Secrets) =>
  serveRecords(secrets, contract.trainings, {
    objectKind: 'training',
    list: listTrainings,
    read: readTraining,
    create: createTraining,
    edit: editTraining,
  })
