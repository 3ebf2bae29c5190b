import {
  customerKey,
  resolveCustomers,
  resolvePeople,
  resolveProducts,
  resolveUnits,
  unitsOfPeople,
} from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { Warning } from './batches.ts'
import type { RowRecord } from './rows.ts'

/** Turns the names in rows into ids, remembering them over the chunks of a file; new names are made and told. */
export function openPlaces(options: {
  secrets: Secrets
  batchId: string
  homeUnitId: string
  whole: boolean
  demo: boolean
  now: Date
}) {
  const { batchId, homeUnitId, demo, now } = options
  const units = new Map<string, string>()
  const suppliers = new Map<string, string>()
  const people = new Map<string, string>()
  const products = new Map<string, string>()
  const customers = new Map<string, string>()
  const homes = new Map<string, string>()
  const made = { new_unit: [] as string[], new_person: [] as string[], new_product: [] as string[] }

  const texts = (records: RowRecord[], field: string): string[] =>
    records.flatMap((record) =>
      typeof record[field] === 'string' && record[field] !== '' ? [record[field]] : [],
    )

  /** Resolves all names of a chunk; call before `placeOf`. */
  async function learn(tx: Tx, records: RowRecord[]): Promise<void> {
    const create = options.whole
    made.new_unit.push(
      ...(await resolveUnits(tx, units, texts(records, 'unit'), { create, kind: 'team', now, demo })),
    )
    made.new_unit.push(
      ...(await resolveUnits(tx, suppliers, texts(records, 'supplier'), {
        create,
        kind: 'supplier',
        now,
        demo,
      })),
    )
    // A unit made just now is in no earlier list of what this transaction may see.
    if (options.whole) await widen(tx, [...units.values(), ...suppliers.values()])
    const unitOfAgent = new Map<string, string>()
    for (const record of records) {
      const unit = typeof record.unit === 'string' ? units.get(record.unit) : undefined
      if (typeof record.agent === 'string' && unit && tx.unitIds.includes(unit))
        unitOfAgent.set(record.agent, unit)
    }
    const unitOf = (name: string) => unitOfAgent.get(name) ?? homeUnitId
    made.new_person.push(
      ...(await resolvePeople(tx, people, texts(records, 'agent'), { unitOf, batchId, now, demo })),
    )
    made.new_product.push(
      ...(await resolveProducts(tx, products, texts(records, 'product'), { batchId, now, demo })),
    )
    await resolveCustomers(
      tx,
      options.secrets,
      customers,
      records.flatMap((record) =>
        typeof record.customer === 'string' && record.customer !== ''
          ? [{ name: record.customer, contact: typeof record.contact === 'string' ? record.contact : null }]
          : [],
      ),
      { batchId, now, demo },
    )
    const strangers = [...people.values()].filter((id) => !homes.has(id))
    for (const [id, unit] of await unitsOfPeople(tx, strangers)) homes.set(id, unit)
  }

  async function widen(tx: Tx, ids: string[]): Promise<void> {
    const fresh = ids.filter((id) => !tx.unitIds.includes(id))
    if (fresh.length === 0) return
    tx.unitIds.push(...new Set(fresh))
    await tx.client.query(`set local app.units = '{${tx.unitIds.join(',')}}'`)
  }

  const idIn = (map: Map<string, string>, value: unknown): string | null =>
    typeof value === 'string' && value !== '' ? (map.get(value) ?? null) : null

  return {
    learn,
    widen,
    /** The ids of a record; 'unit_not_yours' when it names a unit the importer may not write to. */
    placeOf(tx: Tx, record: RowRecord) {
      const named = idIn(units, record.unit)
      const foreign =
        typeof record.unit === 'string' && record.unit !== '' && (!named || !tx.unitIds.includes(named))
      const agentId = idIn(people, record.agent)
      const home = agentId ? homes.get(agentId) : undefined
      return {
        foreign,
        unitId: named ?? home ?? null,
        agentId,
        productId: idIn(products, record.product),
        supplierId: idIn(suppliers, record.supplier),
        customerId:
          typeof record.customer === 'string' ? (customers.get(customerKey(record.customer)) ?? null) : null,
      }
    },
    agentPlace(name: string | null): { unitId: string; agentId: string | null } {
      const agentId = idIn(people, name)
      return { agentId, unitId: (agentId && homes.get(agentId)) || homeUnitId }
    },
    /** What was made for names nobody knew, as warnings. */
    warnings: (): Warning[] =>
      (
        [
          ['new_unit', '新建了单位', 'units were created'],
          ['new_person', '新建了人员（表中的处理人此前不存在）', 'people were created for unknown agents'],
          ['new_product', '新建了产品', 'products were created'],
        ] as const
      ).flatMap(([code, zh, en]) => {
        const names = made[code]
        return names.length === 0
          ? []
          : [
              {
                code,
                column: null,
                count: names.length,
                sample: names[0] ?? null,
                zh: `${zh}：${names.length} 个`,
                en: `${names.length} ${en}`,
              },
            ]
      }),
  }
}
export type Places = ReturnType<typeof openPlaces>
