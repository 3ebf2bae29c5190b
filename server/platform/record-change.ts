import type { FactRow, FactTable } from './fact-table.ts'
import type { Secrets } from './secrets.ts'

/** What an edit changed: the field, what it was and what it became. */
export interface FieldChange {
  field: string
  before: FactRow[string]
  after: FactRow[string]
}

export function changesBetween(table: FactTable, before: FactRow, after: FactRow): FieldChange[] {
  return table.given
    .filter((name) => (before[name] ?? null) !== (after[name] ?? null))
    .map((name) => ({ field: name, before: before[name] ?? null, after: after[name] ?? null }))
}

/**
 * As it goes into an audit row: the names of the fields, and the values sealed, since a text may name a customer and audit
 * rows hold no personal data that the key does not guard.
 */
export const sealChanges = (secrets: Secrets, organizationId: string, changes: FieldChange[]) => ({
  fields: changes.map(({ field }) => field),
  sealed: secrets
    .encrypt(Buffer.from(JSON.stringify(changes)), `${organizationId} changes`)
    .toString('base64'),
})

/** The changes of an audit row; none where it holds none. */
export function openChanges(secrets: Secrets, organizationId: string, sealed: unknown): FieldChange[] {
  if (typeof sealed !== 'string') return []
  const text = secrets.decrypt(Buffer.from(sealed, 'base64'), `${organizationId} changes`).toString()
  // Written by `sealChanges` and authenticated by the cipher.
  return JSON.parse(text) as FieldChange[]
}
