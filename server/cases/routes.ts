import * as contract from '../../contract/cases.ts'
import { policies } from '../access/index.ts'
import { handSource } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { type Call, serve } from '../platform/http/serve.ts'
import type { Secrets } from '../platform/secrets.ts'
import { sql } from '../platform/sql.ts'
import {
  createWorkOrder,
  editWorkOrder,
  excludeWorkOrder,
  listWorkOrders,
  readWorkOrder,
} from './work-orders.ts'

async function zoneName(tx: Tx): Promise<string> {
  const row = await tx.one<{ zone: string }>(
    sql`select zone from directory.organization where id = ${tx.organizationId}`,
  )
  return row?.zone ?? 'Asia/Shanghai'
}

/** What a person enters without naming a unit belongs to where they stand. */
export const homeUnitOf = (call: Call): string =>
  call.scope.whole
    ? call.actor.rootUnitId
    : (call.actor.grants.find((grant) => call.scope.unitIds.includes(grant.unitId))?.unitId ??
      call.actor.rootUnitId)

export const casesRoutes = (secrets: Secrets) => [
  serve(contract.listWorkOrders, policies.readingRecords, async (tx, { query }) =>
    listWorkOrders(tx, secrets, query, await zoneName(tx)),
  ),
  serve(contract.readWorkOrder, policies.readingRecords, (tx, { params }) =>
    readWorkOrder(tx, secrets, params.id),
  ),
  serve(contract.createWorkOrder, policies.recording, async (tx, { body }, call) => {
    const order = await createWorkOrder(tx, secrets, body, {
      now: call.now,
      sourceId: await handSource(tx, call.now),
      homeUnitId: homeUnitOf(call),
    })
    call.audit({ objectKind: 'work_order', objectId: order.id, detail: { number: order.externalId } })
    return order
  }),
  serve(contract.editWorkOrder, policies.recording, async (tx, { params, body }, call) => {
    const { version, ...entered } = body
    const order = await editWorkOrder(tx, secrets, params.id, version, entered, call.now)
    call.audit({
      objectKind: 'work_order',
      objectId: order.id,
      detail: { version: order.version, fields: Object.keys(entered) },
    })
    return order
  }),
  serve(contract.excludeWorkOrder, policies.excluding, async (tx, { params, body }, call) => {
    const order = await excludeWorkOrder(tx, secrets, params.id, body.reason, call.now)
    call.audit({ objectKind: 'work_order', objectId: order.id, detail: { reason: body.reason } })
    return order
  }),
]
