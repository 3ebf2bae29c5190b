import { bookkeeping, type FactRow, type FactTable } from '../platform/fact-table.ts'
import type { TrainingFact } from './training-fact.ts'

/** Each person's part in a training or an exam. */
export const trainingTable: FactTable = {
  kind: 'training',
  table: 'staff.training',
  columns: {
    id: 'uuid',
    source_id: 'uuid',
    external_id: 'text',
    unit_id: 'uuid',
    agent_id: 'uuid',
    kind: 'text',
    course: 'text',
    held_at: 'instant',
    hours: 'numeric',
    score: 'numeric',
    passed: 'verdict',
    excluded_reason: 'text',
    ...bookkeeping,
  },
  given: ['unit_id', 'agent_id', 'kind', 'course', 'held_at', 'hours', 'score', 'passed', 'excluded_reason'],
  derive,
  factOf: (row): TrainingFact => ({
    unitId: String(row.unit_id),
    agentId: row.agent_id as string | null,
    productId: null,
    category: null,
    subcategory: null,
    channel: null,
    priority: null,
    kind: row.kind === 'exam' ? 'exam' : 'training',
    heldAt: Number(row.held_at),
    hours: row.hours as string | null,
    score: row.score as string | null,
    passed: row.passed as boolean | null,
    excludedReason: row.excluded_reason as string | null,
  }),
}

function derive(row: FactRow) {
  if (row.agent_id === null) return noPerson
  if (row.held_at === null) return noTime
  // A sheet of results seldom says that it is one.
  const judged = row.score !== null || row.passed !== null
  row.kind ??= row.hours === null && judged ? 'exam' : 'training'
  return row.kind === 'training' && row.hours === null ? noHours : undefined
}

const noPerson = {
  code: 'no_person',
  zh: '没有写明是谁，请填写姓名。',
  en: 'It does not say whose it is; give the name.',
}
const noTime = {
  code: 'no_time',
  zh: '没有培训或考试时间，无法归入统计周期。',
  en: 'The row does not say when it took place, so it belongs to no period.',
}
const noHours = {
  code: 'no_hours',
  zh: '培训没有写时长，培训时长的合计会偏少。请填写小时数；若是考试，请把类别写为“考试”。',
  en: 'A training without its hours would make the total too small. Give the hours; for an exam write 考试 (exam) as its kind.',
}
