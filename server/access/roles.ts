import type { Role } from '../../contract/access.ts'
import type { Policy } from '../platform/actor.ts'

const policy = (...roles: Role[]) => ({ roles })
/** For what holds for the whole organization: a role at one team is not enough. */
const wholePolicy = (...roles: Role[]) => ({ roles, whole: true as const })

/** Who may call what. Each route names one of these; what a role sees is the units it was granted at. */
export const anyone: Policy = { public: true }
export const signedIn = policy(
  'administrator',
  'quality_supervisor',
  'inspector',
  'team_lead',
  'specialist',
  'department_owner',
  'auditor',
)
/** Units, people and users within the administrator's own units. */
export const managing = policy('administrator')
/** The organization's own settings, demo data. */
export const managingWhole = wholePolicy('administrator')
/** Indicators, weights, targets, limits. */
export const editingStandards = wholePolicy('administrator', 'quality_supervisor')
/** Freezing the figures of a period, and stating them anew. */
export const closingPeriods = wholePolicy('administrator', 'quality_supervisor')
export const readingStandards = policy(
  'administrator',
  'quality_supervisor',
  'inspector',
  'team_lead',
  'auditor',
)
/** Records entered and edited by hand, files brought in. Auditors and department owners only read. */
export const recording = policy('administrator', 'quality_supervisor', 'team_lead', 'specialist')
/** Deciding that a record does not count. */
export const excluding = policy('administrator', 'quality_supervisor')
/** The single records: department owners see figures, not records. */
export const readingRecords = policy(
  'administrator',
  'quality_supervisor',
  'inspector',
  'team_lead',
  'specialist',
  'auditor',
)
/** Saved views: for those who work with records day by day. Auditors write nowhere, not even this. */
export const savingViews = policy(
  'administrator',
  'quality_supervisor',
  'inspector',
  'team_lead',
  'specialist',
)
/** Taking records out as a file, masked like the screen. */
export const exporting = policy('administrator', 'quality_supervisor', 'inspector', 'team_lead', 'specialist')
