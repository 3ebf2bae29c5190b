import type { Secrets } from '../platform/secrets.ts'
import type { RowRecord } from './rows.ts'

/**
 * Keyed hashes of rows as they came. The order of columns makes no difference; a column more or less does, and so does
 * a name read in another way.
 */
export function rowHasher(secrets: Secrets, organizationId: string): (record: RowRecord) => string {
  let names: string[] = []
  let sorted: string[] = []
  return (record) => {
    const keys = Object.keys(record)
    // The rows of a file nearly all have the same fields in the same order.
    if (keys.length !== names.length || keys.some((key, i) => key !== names[i])) {
      names = keys
      sorted = keys.toSorted()
    }
    const values = sorted.map((key) => record[key])
    return secrets
      .hash(`row ${organizationId} ${JSON.stringify([sorted, values])}`)
      .toString('base64url')
      .slice(0, 20)
  }
}
