import * as contract from '../../contract/staff.ts'
import { servedByHand, serveRecords } from '../cases/index.ts'
import type { Secrets } from '../platform/secrets.ts'
import { attendanceRecords } from './attendance.ts'
import { trainingRecords } from './trainings.ts'

export const staffRoutes = (secrets: Secrets) => [
  ...serveRecords(secrets, contract.trainings, servedByHand(secrets, 'training', trainingRecords)),
  ...serveRecords(secrets, contract.attendance, servedByHand(secrets, 'attendance', attendanceRecords)),
]
