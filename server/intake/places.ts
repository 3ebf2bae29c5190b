import {
  customerKey,
  type Posted,
  postingsOf,
  resolveCustomers,
  resolvePeople,
  resolveProducts,
  resolveUnits,
  unitOn,
} from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { ownText } from '../platform/own-text.ts'
import type { Secrets } from '../platform/secrets.ts'
import { dayToDate, type Zone } from '../platform/time.ts'
import type { Warning } from './batches.ts'
import type { RowRecord } from './rows.ts'

/** Customers remembered over the chunks: about 40 MB. */
const mostCustomers = 200_000

/** Turns the names in rows into ids, remembering them over the chunks of a file; new names are made and told. */
export function openPlaces(options: {
  secrets: Secrets
  batchId: string
  homeUnitId: string
  whole: boolean
  demo: boolean
  now: Date
  /** Of the organization: its days say where an agent was. */
  zone: Zone
}) {
  const { batchId, homeUnitId, demo, now } = options
  const units = new Map<string, string>()
  const suppliers = new Map<string, string>()
  const people = new Map<string, string>()
  const products = new Map<string, string>()
  /** By the name as it stands in the file: to find out which names are one person's costs more than to remember them. */
  const customers = new Map<string, string>()
  const homes = new Map<string, { homeUnitId: string; postings: Posted[] }>()
  const made = { new_unit: [] as string[], new_person: [] as string[], new_product: [] as string[] }

  const rowsOfAgent = new Map<string, number>()
  /** What stands in a field and is not known yet. */
  const unknown = (records: RowRecord[], field: string, known: Map<string, string>): string[] =>
    records.flatMap(({ [field]: name }) =>
      typeof name === 'string' && name !== '' && !known.has(name) ? [name] : [],
    )

  /** Resolves all names of a chunk; call before `placeOf`. */
  async function learn(tx: Tx, records: RowRecord[]): Promise<void> {
    const create = options.whole
    made.new_unit.push(
      ...(await resolveUnits(tx, units, unknown(records, 'unit', units), {
        create,
        kind: 'team',
        now,
        demo,
      })),
    )
    made.new_unit.push(
      ...(await resolveUnits(tx, suppliers, unknown(records, 'supplier', suppliers), {
        create,
        kind: 'supplier',
        now,
        demo,
      })),
    )
    // A unit made just now is in no earlier list of what this transaction may see.
    if (options.whole) await widen(tx, [...units.values(), ...suppliers.values()])
    for (const { agent, responder } of records) {
      countRow(agent)
      countRow(responder)
    }
    const names = [...unknown(records, 'agent', people), ...unknown(records, 'responder', people)]
    const unitOf = names.length > 0 ? unitsOfAgents(tx, records) : () => homeUnitId
    made.new_person.push(...(await resolvePeople(tx, people, names, { unitOf, batchId, now, demo })))
    made.new_product.push(
      ...(await resolveProducts(tx, products, unknown(records, 'product', products), { batchId, now, demo })),
    )
    await learnCustomers(tx, records)
    const strangers = [...people.values()].filter((id) => !homes.has(id))
    if (strangers.length > 0)
      for (const [id, posted] of await postingsOf(tx, strangers)) homes.set(id, posted)
  }

  function countRow(name: RowRecord[string] | undefined): void {
    if (typeof name !== 'string' || name === '') return
    const rows = rowsOfAgent.get(name)
    rowsOfAgent.set(rows === undefined ? ownText(name) : name, (rows ?? 0) + 1)
  }

  /** The unit that each agent's last row names, as far as the importer may write to it. */
  function unitsOfAgents(tx: Tx, records: RowRecord[]): (name: string) => string {
    const found = new Map<string, string>()
    for (const { agent, unit: name } of records) {
      const unit = typeof name === 'string' ? units.get(name) : undefined
      if (typeof agent === 'string' && unit && tx.unitIds.includes(unit)) found.set(agent, unit)
    }
    return (agent) => found.get(agent) ?? homeUnitId
  }

  async function learnCustomers(tx: Tx, records: RowRecord[]): Promise<void> {
    // Those of a chunk are what `placeOf` asks for; the others are found again.
    if (customers.size > mostCustomers) customers.clear()
    const fresh = records.flatMap(({ customer: name, contact }) =>
      typeof name === 'string' && name !== '' && !customers.has(name)
        ? [{ name, contact: typeof contact === 'string' ? contact : null }]
        : [],
    )
    const ids = new Map<string, string>()
    await resolveCustomers(tx, options.secrets, ids, fresh, { batchId, now, demo })
    for (const { name } of fresh) {
      const id = ids.get(customerKey(name))
      if (id !== undefined && !customers.has(name)) customers.set(ownText(name), id)
    }
  }

  async function widen(tx: Tx, ids: string[]): Promise<void> {
    const fresh = ids.filter((id) => !tx.unitIds.includes(id))
    if (fresh.length === 0) return
    tx.unitIds.push(...new Set(fresh))
    await tx.client.query(`set local app.units = '{${tx.unitIds.join(',')}}'`)
  }

  const unitAt = (agentId: string | null, at: number | null): string | null => {
    const posted = agentId === null ? undefined : homes.get(agentId)
    if (!posted) return null
    return at === null || posted.postings.length < 2
      ? posted.homeUnitId
      : unitOn(posted, dayToDate(options.zone.localDay(at)))
  }

  /** Who responded and from which unit: who the record says, else its agent, who may have been elsewhere then. */
  const responderOf = (record: RowRecord, named: string | null, agentId: string | null) => {
    const respondedAt = typeof record.responded_at === 'number' ? record.responded_at : null
    const given = idIn(people, record.responder)
    if (given === null && (respondedAt === null || named !== null)) return null
    const id = given ?? agentId
    const unitId = named !== null && id === agentId ? named : unitAt(id, respondedAt ?? timeOf(record))
    return id === null || unitId === null ? null : { id, unitId }
  }

  const idIn = (map: Map<string, string>, value: unknown): string | null =>
    typeof value === 'string' && value !== '' ? (map.get(value) ?? null) : null

  const dayOf = (at: number): string => dayToDate(options.zone.localDay(at))

  return {
    dayOf,
    learn,
    isUnknown: (name: string): boolean => !people.has(name),
    widen,
    /** The ids of a record; 'unit_not_yours' when it names a unit the importer may not write to. */
    placeOf(tx: Tx, record: RowRecord) {
      const named = idIn(units, record.unit)
      const foreign =
        typeof record.unit === 'string' && record.unit !== '' && (!named || !tx.unitIds.includes(named))
      const agentId = idIn(people, record.agent)
      const unitId = named ?? unitAt(agentId, timeOf(record))
      return {
        foreign,
        unitId,
        agentId,
        responder: responderOf(record, named, agentId),
        productId: idIn(products, record.product),
        supplierId: idIn(suppliers, record.supplier),
        customerId: idIn(customers, record.customer),
      }
    },
    agentPlace(name: string | null, at: number | null): { unitId: string; agentId: string | null } {
      const agentId = idIn(people, name)
      return { agentId, unitId: unitAt(agentId, at) ?? homeUnitId }
    },
    /** Names of agents nobody had, and in how many rows each stands. */
    strangers: (): Map<string, number> =>
      new Map(made.new_person.map((name) => [name, rowsOfAgent.get(name) ?? 0])),
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

const times = [
  'contact_at',
  'inspected_at',
  'held_at',
  'ordered_at',
  'worked_at',
  'sent_at',
  'incurred_at',
  // An order is counted for the team that solved it; who responded from elsewhere is kept beside it.
  'resolved_at',
  'received_at',
  'submitted_at',
  'responded_at',
  'started_at',
  'confirmed_at',
  'closed_at',
]

/** When a record happened, as far as its unit is concerned. */
function timeOf(record: RowRecord): number | null {
  for (const name of times) {
    const at = record[name]
    if (typeof at === 'number') return at
  }
  return null
}

export type Places = ReturnType<typeof openPlaces>
