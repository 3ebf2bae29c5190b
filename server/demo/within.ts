import type { Database, Scope, Tx } from '../platform/database.ts'

/**
 * The database as work inside an open transaction sees it: what it runs as transactions of its own becomes part of
 * that one, which keeps all of it or nothing.
 */
export function within(db: Database, outer: Tx): Database {
  const see = (unitIds: string[]) => outer.client.query(`set local app.units = '{${unitIds.join(',')}}'`)
  const transaction: Database['transaction'] = async (scope, work) => {
    if (scope.organizationId !== outer.organizationId)
      throw new Error('a transaction stays in one organization')
    await outer.client.query('savepoint part')
    try {
      await see(scope.unitIds)
      const done = await work({ ...outer, unitIds: scope.unitIds })
      await outer.client.query('release savepoint part')
      return done
    } catch (error) {
      await outer.client.query('rollback to savepoint part; release savepoint part')
      throw error
    } finally {
      await see(outer.unitIds)
    }
  }
  return { ...db, transaction, wholeScope: () => wholeWithin(outer) }
}

/** With the units this transaction has made. */
async function wholeWithin(tx: Tx): Promise<Scope> {
  const { rows } = await tx.client.query<{ id: string }>(
    'select id from directory.unit where organization_id = $1',
    [tx.organizationId],
  )
  return { organizationId: tx.organizationId, unitIds: rows.map(({ id }) => id) }
}
