import * as contract from '../../contract/staff.ts'
import { serveRecords } from '../cases/index.ts'
import type { Secrets } from '../platform/secrets.ts'
import { createAttendance, editAttendance, listAttendance, readAttendance } from './attendance.ts'
import { createTraining, editTraining, listTrainings, readTraining } from './trainings.ts'

export const staffRoutes = (secrets: Secrets) => [
  ...serveRecords(secrets, contract.trainings, {
    objectKind: 'training',
    list: listTrainings,
    read: readTraining,
    create: createTraining,
    edit: editTraining,
  }),
  ...serveRecords(secrets, contract.attendance, {
    objectKind: 'attendance',
    list: listAttendance,
    read: readAttendance,
    create: createAttendance,
    edit: editAttendance,
  }),
]
