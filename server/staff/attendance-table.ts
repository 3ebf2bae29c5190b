import { bookkeeping, type FactRow, type FactTable } from '../platform/fact-table.ts'
import type { AttendanceFact } from './attendance-fact.ts'

/** Each person's working days: hours scheduled and worked, on duty or not, qualified or not. */
export const attendanceTable: FactTable = {
  kind: 'attendance',
  table: 'staff.attendance',
  columns: {
    id: 'uuid',
    source_id: 'uuid',
    external_id: 'text',
    unit_id: 'uuid',
    agent_id: 'uuid',
    worked_at: 'instant',
    scheduled_hours: 'numeric',
    worked_hours: 'numeric',
    on_duty_given: 'verdict',
    on_duty: 'bool',
    qualified: 'verdict',
    excluded_reason: 'text',
    ...bookkeeping,
  },
  given: [
    'unit_id',
    'agent_id',
    'worked_at',
    'scheduled_hours',
    'worked_hours',
    'on_duty_given',
    'qualified',
    'excluded_reason',
  ],
  derive: (row: FactRow) => {
    if (row.agent_id === null) return noPerson
    if (row.worked_at === null) return noDay
    if (row.scheduled_hours === null) return noSchedule
    // Who worked was there; where that is not known, who was to work is taken to have been.
    row.on_duty = row.on_duty_given ?? Number(row.worked_hours ?? row.scheduled_hours) > 0
    return undefined
  },
  factOf: (row): AttendanceFact => ({
    unitId: String(row.unit_id),
    agentId: row.agent_id as string | null,
    productId: null,
    category: null,
    subcategory: null,
    channel: null,
    priority: null,
    workedAt: Number(row.worked_at),
    scheduledHours: String(row.scheduled_hours),
    workedHours: row.worked_hours as string | null,
    onDuty: row.on_duty === true,
    qualified: row.qualified as boolean | null,
    excludedReason: row.excluded_reason as string | null,
  }),
}

const noPerson = {
  code: 'no_person',
  zh: '没有写明是谁，请填写姓名。',
  en: 'It does not say whose it is; give the name.',
}
const noDay = {
  code: 'no_time',
  zh: '没有日期，无法归入统计周期。',
  en: 'The row does not say which day it is, so it belongs to no period.',
}
const noSchedule = {
  code: 'no_hours',
  zh: '没有排班工时，人员利用率会偏高。请填写小时数，没有排班写 0。',
  en: 'Without scheduled hours the utilization would be too high. Give the hours, 0 for a day off.',
}
