import { type CopyHead, type ExactCard, exactCard } from '../../contract/measurement.ts'
import type { Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'

/** A frozen scorecard of one unit with the copy it belongs to. */
export interface FrozenCard extends CopyHead {
  unit: { id: string; name: string }
  parentId: string | null
  zone: string
  card: ExactCard
}

interface CardRow {
  number: number
  made_at: Date
  made_by_name: string
  note: string
  zone: string
  unit_id: string
  unit_name: string
  parent_id: string | null
  card: string
}

const columns = sql`c.number, p.made_at, p.made_by_name, p.note, p.zone, c.unit_id, c.unit_name, c.parent_id, c.card`
const joined = sql`measurement.copy_card c join measurement.period_copy p
  on p.organization_id = c.organization_id and p.period = c.period and p.number = c.number`

const frozen = (row: CardRow): FrozenCard => ({
  ...headOf(row),
  unit: { id: row.unit_id, name: row.unit_name },
  parentId: row.parent_id,
  zone: row.zone,
  card: exactCard.parse(JSON.parse(row.card)),
})

/** The newest copies of some periods for one unit, by period; a period that is open has none. */
export async function newestCards(
  tx: Tx,
  periods: string[],
  unitId: string,
): Promise<Map<string, FrozenCard>> {
  const rows = await tx.rows<CardRow>(sql`
    select distinct on (c.period) ${columns} from ${joined}
    where c.organization_id = ${tx.organizationId} and c.period = any(${periods}::text[]) and c.unit_id = ${unitId}
      and c.number = (select max(newest.number) from measurement.period_copy newest
        where newest.organization_id = c.organization_id and newest.period = c.period)
    order by c.period`)
  return new Map(rows.map(frozen).map((one) => [one.card.period, one]))
}

/** The same for every unit in reach: unit → period → card. */
export async function newestCardsOfAll(
  tx: Tx,
  periods: string[],
): Promise<Map<string, Map<string, ExactCard>>> {
  const rows = await tx.rows<CardRow>(sql`
    select ${columns} from ${joined}
    where c.organization_id = ${tx.organizationId} and c.period = any(${periods}::text[])
      and c.unit_id = any(${tx.unitIds}::uuid[])
      and c.number = (select max(newest.number) from measurement.period_copy newest
        where newest.organization_id = c.organization_id and newest.period = c.period)`)
  const found = new Map<string, Map<string, ExactCard>>()
  for (const { unit, card } of rows.map(frozen)) {
    const own = found.get(unit.id) ?? new Map<string, ExactCard>()
    found.set(unit.id, own.set(card.period, card))
  }
  return found
}

/** One copy's card of one unit; undefined where there is none in reach. */
export async function cardOfCopy(
  tx: Tx,
  period: string,
  number: number,
  unitId: string,
): Promise<FrozenCard | undefined> {
  const row = await tx.one<CardRow>(sql`
    select ${columns} from ${joined}
    where c.organization_id = ${tx.organizationId} and c.period = ${period} and c.number = ${number}
      and c.unit_id = ${unitId}`)
  return row && frozen(row)
}

/** All cards of one copy that are in reach, by unit. */
export async function cardsOfCopy(tx: Tx, period: string, number: number): Promise<Map<string, FrozenCard>> {
  const rows = await tx.rows<CardRow>(sql`
    select ${columns} from ${joined}
    where c.organization_id = ${tx.organizationId} and c.period = ${period} and c.number = ${number}
      and c.unit_id = any(${tx.unitIds}::uuid[])
    order by c.unit_name, c.unit_id`)
  return new Map(rows.map(frozen).map((one) => [one.unit.id, one]))
}

/** The copies of some periods, newest first. */
export async function copiesOf(tx: Tx, periods: string[]): Promise<Map<string, CopyHead[]>> {
  const rows = await tx.rows<Omit<CardRow, 'card'> & { period: string }>(sql`
    select period, number, made_at, made_by_name, note from measurement.period_copy
    where organization_id = ${tx.organizationId} and period = any(${periods}::text[])
    order by period, number desc`)
  const found = new Map<string, CopyHead[]>()
  for (const row of rows) found.set(row.period, [...(found.get(row.period) ?? []), headOf(row)])
  return found
}

/** The number of a period's newest copy; undefined while it is open. */
export async function newestNumber(tx: Tx, period: string): Promise<number | undefined> {
  const row = await tx.one<{ number: number | null }>(sql`
    select max(number) as number from measurement.period_copy
    where organization_id = ${tx.organizationId} and period = ${period}`)
  return row?.number ?? undefined
}

const headOf = (row: Pick<CardRow, 'number' | 'made_at' | 'made_by_name' | 'note'>): CopyHead => ({
  number: row.number,
  madeAt: row.made_at.toISOString(),
  by: row.made_by_name,
  note: row.note,
})

/** `closed` is said of copy 1, `restated` of the later ones: what a copy says of itself never changes. */
export const stateOfCopy = (number: number) => (number === 1 ? ('closed' as const) : ('restated' as const))
