import { createHash } from 'node:crypto'
import type { Cause, UnitDifference } from '../../contract/measurement.ts'
import type { Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'
import type { UnitCard } from './live-cards.ts'

export interface NewCopy {
  period: string
  number: number
  zone: string
  madeAt: Date
  by: { id: string | null; name: string }
  note: string
  known: string[]
  cards: Iterable<UnitCard>
  differences: UnitDifference[]
  causes: { unitId: string | null; cause: Cause }[]
}

/**
 * Writes a copy with its cards, and of a restatement what moved and why. Answers with the SHA-256 of the cards in the
 * order of their units; undefined when somebody else wrote that copy first.
 */
export async function writeCopy(tx: Tx, copy: NewCopy): Promise<string | undefined> {
  const { organizationId } = tx
  const { period, number, by } = copy
  const taken = await tx.run(sql`
    insert into measurement.period_copy (organization_id, period, number, zone, made_at, made_by, made_by_name, note, known)
    values (${organizationId}, ${period}, ${number}, ${copy.zone}, ${copy.madeAt}, ${by.id}, ${by.name}, ${copy.note},
      ${JSON.stringify(copy.known)})
    on conflict (organization_id, period, number) do nothing`)
  if (taken === 0) return undefined
  const cards = [...copy.cards].sort((a, b) => (a.unit.id < b.unit.id ? -1 : 1))
  const texts = cards.map(({ card }) => JSON.stringify(card))
  await tx.run(sql`
    insert into measurement.copy_card (organization_id, period, number, unit_id, unit_name, parent_id, card)
    select ${organizationId}, ${period}, ${number}, one.* from unnest(${cards.map(({ unit }) => unit.id)}::uuid[],
      ${cards.map(({ unit }) => unit.name)}::text[], ${cards.map(({ parentId }) => parentId)}::uuid[],
      ${texts}::text[]) as one (unit_id, unit_name, parent_id, card)`)
  await tx.run(sql`
    insert into measurement.copy_difference (organization_id, period, number, unit_id, difference)
    select ${organizationId}, ${period}, ${number}, one.* from unnest(${copy.differences.map(({ unit }) => unit.id)}::uuid[],
      ${copy.differences.map((one) => JSON.stringify(one))}::text[]) as one (unit_id, difference)`)
  await tx.run(sql`
    insert into measurement.copy_cause (organization_id, period, number, position, unit_id, cause)
    select ${organizationId}, ${period}, ${number}, one.position, one.unit_id, one.cause
    from unnest(${copy.causes.map(({ unitId }) => unitId)}::uuid[],
      ${copy.causes.map(({ cause }) => JSON.stringify(cause))}::text[]) with ordinality as one (unit_id, cause, position)`)
  return createHash('sha256').update(texts.join('\n')).digest('hex')
}
