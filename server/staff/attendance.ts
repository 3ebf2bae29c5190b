import type { z } from 'zod'
import type * as contract from '../../contract/staff.ts'
import {
  isoIn,
  namedIn,
  numberIn,
  plainIn,
  provenanceIn,
  type RecordRow,
  recordsByHand,
} from '../cases/index.ts'
import { sql } from '../platform/sql.ts'
import { attendanceTable } from './attendance-table.ts'
import { staffValues, withUnit } from './staff-records.ts'

type Reply = z.input<typeof contract.workingDay>

const attendanceReply = (row: RecordRow): Reply => ({
  id: row.id,
  externalId: String(row.external_id),
  source: String(row.source_name),
  agent: namedIn(row.agent_id, row.agent_name),
  unit: namedIn(row.unit_id, row.unit_name)!,
  workedAt: isoIn(row.worked_at) ?? '',
  scheduledHours: Number(row.scheduled_hours),
  workedHours: numberIn(row.worked_hours),
  onDuty: row.on_duty === true,
  qualified: row.qualified as boolean | null,
  excludedReason: plainIn(row.excluded_reason),
  version: Number(row.version),
  provenance: provenanceIn(row),
})

export const attendanceRecords = recordsByHand<Reply>({
  list: 'attendance',
  table: attendanceTable,
  prefix: 'KQ',
  at: 'worked_at',
  columns: {
    externalId: sql`w.external_id`,
    workedAt: sql`w.worked_at`,
    scheduledHours: sql`w.scheduled_hours`,
    workedHours: sql`w.worked_hours`,
    onDuty: sql`w.on_duty::text`,
    qualified: sql`w.qualified::text`,
    excludedReason: sql`w.excluded_reason`,
  },
  reply: (_tx, _secrets, row) => attendanceReply(row),
  values: async (tx, _secrets, { onDuty, ...given }) => ({
    ...(await staffValues(tx, given)),
    // Whether somebody was there follows from the hours unless it is said.
    ...((typeof onDuty === 'boolean' || onDuty === null) && { on_duty_given: onDuty }),
  }),
  fresh: (tx, values) => withUnit(tx, values, values.worked_at),
})
