import { sql } from '../../platform/sql.ts'
import type { Zone } from '../../platform/time.ts'
import type { InvitationFact } from '../../surveys/invitation-fact.ts'
import { type Emit, tallyNumber as t } from '../tallies.ts'
import { type MeasuredKind, sharedColumns, sharedFields } from './measured-kind.ts'

export const invitation: MeasuredKind<InvitationFact> = {
  kind: 'invitation',
  table: 'surveys.invitation',
  columns: [...sharedColumns, 'sent_at', 'submitted_at', 'reminder', 'round'],
  read: (row) => ({
    ...sharedFields(row),
    sentAt: row.instant(8) ?? 0,
    submittedAt: row.instant(9),
    reminder: row.bool(10) === true,
    round: row.int(11) ?? 1,
  }),
  place: 'sent_at',
  anchoredWithin: (from, to) => sql`sent_at >= ${from} and sent_at < ${to}`,
  has: [],
  at: (fact) => fact.sentAt,
  contribute,
}

/** On the day it was sent, whenever it is answered; one sent again is no further invitation. */
function contribute(f: InvitationFact, zone: Zone, emit: Emit): void {
  if (f.reminder) return
  const [day, answered] = [zone.localDay(f.sentAt), f.submittedAt === null ? 0 : 1]
  emit(t.survey_answered, day, answered, 1, 0)
  if (f.category === 'complaint') emit(t.complaint_survey_answered, day, answered, 1, 0)
}
