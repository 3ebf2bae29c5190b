import { openWorkOrders } from '../../cases/index.ts'
import { readRows } from '../../platform/fact-table.ts'
import { sql } from '../../platform/sql.ts'
import { openFeedback, openResponses } from '../../surveys/index.ts'
import type { World } from './world.ts'

/** Orders that another unit would see, or would not, against what they say of who responded. */
export const straySight = async (w: World) =>
  w.t.db.transaction(await w.t.whole(), (tx) =>
    tx.rows(sql`
      select w.id from cases.work_order w
      full join cases.responding_unit r on r.organization_id = w.organization_id and r.work_order_id = w.id
      where w.responder_unit_id is distinct from r.unit_id`),
  )

/** Facts whose limits are not those that the standards and hours of now give them. */
export const strayLimits = async (w: World): Promise<string[]> =>
  w.t.db.transaction(await w.t.whole(), async (tx) => {
    const stray: string[] = []
    for (const open of [openWorkOrders, openResponses, openFeedback]) {
      const table = await open(tx, new Date(w.now))
      for (const row of await readRows(tx, table, 'true', [])) {
        const fresh = { ...row }
        table.derive(fresh)
        const due = Object.keys(row).filter(
          (name) => /_due(_at|s)$|^reply_/.test(name) && name !== 'next_due_at',
        )
        for (const name of due) if (row[name] !== fresh[name]) stray.push(`${row.external_id} ${name}`)
      }
    }
    return stray
  })

/** What records say of each other that is not so: waits, and orders whose own costs stand in for their field. */
export const strayFindings = async (w: World): Promise<string[]> =>
  w.t.db.transaction(await w.t.whole(), async (tx) => {
    const messages = await tx.rows<Sent>(sql`
      select external_id as number, source_id || conversation as conversation, sender, excluded_reason as excluded,
        round(extract(epoch from sent_at) * 1000)::float8 as at, round(extract(epoch from awaited_at) * 1000)::float8 as awaited
      from cases.message`)
    const orders = await tx.rows<{ number: string; costed: boolean; named: boolean }>(sql`
      select external_id as number, costed, cost is not null and external_id in (
        select work_order_external_id from cases.cost where excluded_reason is null and work_order_external_id is not null
      ) as named from cases.work_order`)
    return [
      ...strayWaits(messages),
      ...orders.filter(({ costed, named }) => costed !== named).map(({ number }) => `${number} costed`),
    ]
  })

export interface Sent extends Record<string, unknown> {
  number: string
  conversation: string
  sender: string
  excluded: string | null
  at: number
  awaited: number | null
}

export function strayWaits(messages: Sent[]): string[] {
  const stray: string[] = []
  for (const chat of Map.groupBy(messages, (one) => one.conversation).values()) {
    let asked: number | null = null
    const rank = ({ sender }: Sent) => (sender === 'customer' ? 0 : 1)
    chat.sort((a, b) => a.at - b.at || rank(a) - rank(b) || (a.number < b.number ? -1 : 1))
    for (const one of chat) {
      const awaited = one.sender === 'agent' ? asked : null
      if (one.awaited !== awaited) stray.push(`${one.number} waited since ${one.awaited}, not ${awaited}`)
      if (one.excluded !== null) continue
      if (one.sender === 'customer') asked ??= one.at
      if (one.sender === 'agent') asked = null
    }
  }
  return stray
}
