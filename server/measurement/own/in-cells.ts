import type { OwnDefinition } from '../../../contract/measurement-own.ts'
import type { Tx } from '../../platform/database.ts'
import { sql } from '../../platform/sql.ts'
import { type Tally, tallyNumber } from '../tallies.ts'
import { compileOwn, noOwnShares, type OwnShares } from './compile.ts'

/** The own measures whose shares stand in the cells, as `measurement.state` keeps them: in the order of their tallies. */
export type OwnInCells = readonly { tally: Tally; definition: OwnDefinition }[]

/** What changes of facts add to the cells; none where nobody can say which definitions they hold. */
export const sharesOfCells = (own: OwnInCells | null): OwnShares =>
  own === null || own.length === 0
    ? noOwnShares
    : compileOwn(own.map(({ tally, definition }) => ({ tally: tallyNumber[tally], definition })))

/** As the database writes them the same definitions are the same text. */
export const sameInCells = (one: OwnInCells | null, other: OwnInCells | null): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

/** The definitions that stand, as the cells ought to hold them. */
export async function ownStanding(tx: Tx): Promise<OwnInCells> {
  const row = await tx.one<{ own: OwnInCells }>(sql`
    select coalesce(jsonb_agg(jsonb_build_object('tally', tally, 'definition', definition) order by tally), '[]') as own
    from measurement.own_measure where organization_id = ${tx.organizationId}`)
  return row?.own ?? []
}
