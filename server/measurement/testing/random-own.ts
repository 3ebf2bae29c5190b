import type { Aggregate, Condition, OwnDefinition, Quantity } from '../../../contract/measurement-own.ts'
import { ownDays, ownFields } from '../../../contract/own-fields.ts'
import type { FactKind } from '../../platform/change.ts'
import type { Tx } from '../../platform/database.ts'
import { changeOwn, createOwn, deleteOwn, ownRows } from '../own/store.ts'

interface Chance {
  below(n: number): number
  pick<T>(list: readonly T[]): T
  often(share: number): boolean
}

/** Composes, changes or deletes a measure of the organization's own, as chance will have it. */
export async function changeOwnMeasures(tx: Tx, c: Chance, now: Date): Promise<void> {
  const by = { userId: null, now }
  const stand = await ownRows(tx)
  const given = { nameZh: '自定', nameEn: 'own', better: 'none' as const, definition: randomDefinition(c) }
  if (stand.length < 4 || (stand.length < 8 && c.often(0.3)))
    await createOwn(tx, { code: `m${now.getTime()}_${c.below(1_000_000)}`, ...given }, by)
  else {
    const { id, version } = c.pick(stand)
    if (c.often(0.2)) await deleteOwn(tx, id)
    else await changeOwn(tx, id, { version, ...given }, by)
  }
}

export function randomDefinition(c: Chance): OwnDefinition {
  const facts = c.pick<FactKind>([
    'work_order',
    'work_order',
    'work_order',
    'feedback',
    'response',
    'invitation',
    'contact',
    'inspection',
    'training',
    'purchase',
    'attendance',
    'message',
    'cost',
  ])
  return {
    facts,
    where: Array.from({ length: c.below(3) }, () => condition(c, facts)),
    day: c.pick(ownDays[facts]),
    aggregate: aggregate(c, facts),
    timeUnit: c.pick(['min', 'h']),
  }
}

function aggregate(c: Chance, facts: FactKind): Aggregate {
  const of = quantity(c, facts)
  const signed = ownFields[facts].find(({ key }) => key === of.field)?.signed
  const counts = ownFields[facts].filter(({ kind, unit }) => kind === 'amount' && unit === 'count')
  return c.pick<Aggregate>([
    { kind: 'count' },
    { kind: 'sum', of },
    { kind: 'mean', of },
    signed ? { kind: 'mean', of } : { kind: 'percentile', of, percent: c.pick([50, 75, 90, 95]) },
    { kind: 'share', meeting: [condition(c, facts)] },
    counts.length === 0 ? { kind: 'count' } : { kind: 'ratio', of, per: { field: c.pick(counts).key } },
  ])
}

function quantity(c: Chance, facts: FactKind): Quantity {
  const amounts = ownFields[facts].filter(({ kind }) => kind === 'amount')
  const moments = ownFields[facts].filter(({ kind }) => kind === 'moment')
  if (moments.length < 2 || (amounts.length > 0 && c.often(0.5))) return { field: c.pick(amounts).key }
  const from = c.pick(moments)
  return { field: from.key, until: c.pick(moments.filter((one) => one !== from)).key }
}

function condition(c: Chance, facts: FactKind): Condition {
  const field = c.pick(ownFields[facts])
  if (field.kind === 'moment' || c.often(0.2))
    return { field: field.key, comparison: c.pick(['filled', 'blank']), values: [] }
  if (field.kind === 'amount')
    return {
      field: field.key,
      comparison: c.pick(['<', '<=', '>', '>=', 'is', 'not']),
      values: [c.pick(['0', '1', '2', '3.5', '4', '100'])],
    }
  return {
    field: field.key,
    comparison: c.pick(['is', 'not', 'contains']),
    values: [c.pick(['repair', 'complaint', 'phone', 'urgent', '硬件', '安装', 'training', 'true'])],
  }
}
