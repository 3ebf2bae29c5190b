import { hash } from 'node:crypto'
import type { Secrets } from '../platform/secrets.ts'
import type { RowRecord } from './rows.ts'

/**
 * Keyed hashes of rows as they came. The order of columns makes no difference; a column more or less does, and so does
 * a name read in another way.
 */
export function rowHasher(secrets: Secrets, organizationId: string): (record: RowRecord) => string {
  // Derived once: a keyed hash of its own for each of a million rows costs more than the hashing.
  const key = secrets.hash(`row ${organizationId}`).toString('base64url')
  let names: string[] = []
  let sorted: string[] = []
  let beginning = ''
  return (record) => {
    const keys = Object.keys(record)
    // The rows of a file nearly all have the same fields in the same order.
    if (keys.length !== names.length || keys.some((key, i) => key !== names[i])) {
      names = keys
      sorted = keys.toSorted()
      beginning = `${key}[${JSON.stringify(sorted)},`
    }
    const values = sorted.map((key) => record[key])
    return hash('sha256', `${beginning}${JSON.stringify(values)}]`, 'base64url').slice(0, 20)
  }
}
