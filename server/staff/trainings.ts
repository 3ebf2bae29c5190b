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
import { staffValues, withUnit } from './staff-records.ts'
import { trainingTable } from './training-table.ts'

type Reply = z.input<typeof contract.training>

const trainingReply = (row: RecordRow): Reply => ({
  id: row.id,
  externalId: String(row.external_id),
  source: String(row.source_name),
  kind: row.kind === 'exam' ? 'exam' : 'training',
  agent: namedIn(row.agent_id, row.agent_name),
  unit: namedIn(row.unit_id, row.unit_name)!,
  course: plainIn(row.course),
  heldAt: isoIn(row.held_at) ?? '',
  hours: numberIn(row.hours),
  score: numberIn(row.score),
  passed: row.passed as boolean | null,
  excludedReason: plainIn(row.excluded_reason),
  version: Number(row.version),
  provenance: provenanceIn(row),
})

export const trainingRecords = recordsByHand<Reply>({
  list: 'trainings',
  table: trainingTable,
  prefix: 'PX',
  at: 'held_at',
  columns: {
    externalId: sql`w.external_id`,
    kind: sql`w.kind`,
    course: sql`w.course`,
    heldAt: sql`w.held_at`,
    hours: sql`w.hours`,
    score: sql`w.score`,
    passed: sql`w.passed::text`,
    excludedReason: sql`w.excluded_reason`,
  },
  reply: (_tx, _secrets, row) => trainingReply(row),
  values: (tx, _secrets, given) => staffValues(tx, given),
  fresh: (tx, values) => withUnit(tx, values, values.held_at),
})
