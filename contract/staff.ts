import { z } from 'zod'
import { recordRoutes } from './record-routes.ts'
import { id, instant, named } from './route.ts'

const kind = z.enum(['training', 'exam'])

/** One person's part in one training or exam. */
export const training = z.object({
  id,
  externalId: z.string(),
  source: z.string(),
  kind,
  agent: named.nullable(),
  unit: named,
  course: z.string().nullable(),
  heldAt: instant,
  /** Of a training always; exact to four decimals. */
  hours: z.number().nullable(),
  /** Of the exam, in its own points. */
  score: z.number().nullable(),
  /** null: not judged. */
  passed: z.boolean().nullable(),
  excludedReason: z.string().nullable(),
  version: z.number().int(),
  provenance: z.object({ batchId: id, line: z.number().int() }).nullable(),
})

/** `null` empties a field, one left out stays as it is. */
const entered = {
  unitId: id.optional(),
  course: z.string().trim().max(200).nullish(),
  hours: z.number().min(0).max(1000).multipleOf(0.0001).nullish(),
  score: z.number().min(0).max(1000).multipleOf(0.01).nullish(),
  passed: z.boolean().nullish(),
}

export const trainings = recordRoutes({
  list: 'trainings',
  name: 'Training',
  path: '/api/trainings',
  says: {
    many: { zh: '培训与考试', en: 'Trainings and exams' },
    one: { zh: '培训或考试', en: 'a training or an exam' },
  },
  reply: training,
  create: z.strictObject({
    externalId: z.string().trim().max(200).optional(),
    ...entered,
    agentId: id,
    kind: kind.default('training'),
    heldAt: instant,
  }),
  edit: z.strictObject({
    version: z.number().int(),
    ...entered,
    agentId: id.optional(),
    kind: kind.optional(),
    heldAt: instant.optional(),
  }),
  refusals: ['no_hours'],
})

/** One person's working day. */
export const workingDay = z.object({
  id,
  externalId: z.string(),
  source: z.string(),
  agent: named.nullable(),
  unit: named,
  /** Any instant of the day; its local day counts. */
  workedAt: instant,
  scheduledHours: z.number(),
  workedHours: z.number().nullable(),
  /** As said, else whether hours were worked or, where that is not known, scheduled. */
  onDuty: z.boolean(),
  /** null: not known. */
  qualified: z.boolean().nullable(),
  excludedReason: z.string().nullable(),
  version: z.number().int(),
  provenance: z.object({ batchId: id, line: z.number().int() }).nullable(),
})

const hoursOfDay = z.number().min(0).max(24).multipleOf(0.0001)

const enteredDay = {
  unitId: id.optional(),
  workedHours: hoursOfDay.nullish(),
  /** `null`: as the hours say. */
  onDuty: z.boolean().nullish(),
  qualified: z.boolean().nullish(),
}

export const attendance = recordRoutes({
  list: 'attendance',
  name: 'Attendance',
  names: 'Attendance',
  path: '/api/attendance',
  says: {
    many: { zh: '出勤', en: 'Attendance' },
    one: { zh: '出勤记录', en: 'a working day' },
  },
  reply: workingDay,
  create: z.strictObject({
    externalId: z.string().trim().max(200).optional(),
    ...enteredDay,
    agentId: id,
    workedAt: instant,
    scheduledHours: hoursOfDay,
  }),
  edit: z.strictObject({
    version: z.number().int(),
    ...enteredDay,
    agentId: id.optional(),
    workedAt: instant.optional(),
    scheduledHours: hoursOfDay.optional(),
  }),
})
