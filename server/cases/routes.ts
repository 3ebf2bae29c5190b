import * as contract from '../../contract/cases.ts'
import { policies } from '../access/index.ts'
import { handSource, organizationOf } from '../directory/index.ts'
import { homeUnitOf } from '../platform/actor.ts'
import type { Tx } from '../platform/database.ts'
import { serve } from '../platform/http/serve.ts'
import { sealChanges } from '../platform/record-change.ts'
import type { Secrets } from '../platform/secrets.ts'
import { contactRecords } from './contacts.ts'
import { costRecords } from './costs.ts'
import { explainClocks } from './explain-clocks.ts'
import { messageRecords } from './messages.ts'
import { servedByHand, serveRecords } from './serve-records.ts'
import {
  createWorkOrder,
  editWorkOrder,
  excludeWorkOrder,
  listWorkOrders,
  readWorkOrder,
} from './work-orders.ts'

/** `entered`: told of the number of an order made by hand, which records that came before it may name. */
export const casesRoutes = (
  secrets: Secrets,
  entered: (tx: Tx, number: string, now: Date) => Promise<void>,
) => [
  ...serveRecords(secrets, contract.contacts, servedByHand(secrets, 'contact', contactRecords)),
  ...serveRecords(secrets, contract.messages, servedByHand(secrets, 'message', messageRecords)),
  ...serveRecords(secrets, contract.costs, servedByHand(secrets, 'cost', costRecords)),
  serve(contract.listWorkOrders, policies.readingRecords, async (tx, { query }) =>
    listWorkOrders(tx, secrets, query, (await organizationOf(tx)).zone.name),
  ),
  serve(contract.readWorkOrder, policies.readingRecords, (tx, { params }) =>
    readWorkOrder(tx, secrets, params.id),
  ),
  serve(contract.explainClocks, policies.readingRecords, async (tx, { params }, { now }) => ({
    items: await explainClocks(tx, params.id, now),
  })),
  serve(contract.createWorkOrder, policies.recording, async (tx, { body }, call) => {
    const order = await createWorkOrder(tx, secrets, body, {
      now: call.now,
      sourceId: await handSource(tx, call.now),
      homeUnitId: homeUnitOf(call.actor, call.scope),
    })
    call.audit({ objectKind: 'work_order', objectId: order.id, detail: { number: order.externalId } })
    await entered(tx, order.externalId, call.now)
    return readWorkOrder(tx, secrets, order.id)
  }),
  serve(contract.editWorkOrder, policies.recording, async (tx, { params, body }, call) => {
    const { version, ...entered } = body
    return editWorkOrder(tx, secrets, params.id, version, entered, call.now, (changes) =>
      call.audit({
        objectKind: 'work_order',
        objectId: params.id,
        detail: { version: version + 1, ...sealChanges(secrets, tx.organizationId, changes) },
      }),
    )
  }),
  serve(contract.excludeWorkOrder, policies.excluding, (tx, { params, body }, call) =>
    excludeWorkOrder(tx, secrets, params.id, body.reason, call.now, (changes) =>
      call.audit({
        objectKind: 'work_order',
        objectId: params.id,
        detail: { reason: body.reason, ...sealChanges(secrets, tx.organizationId, changes) },
      }),
    ),
  ),
  serve(contract.includeWorkOrder, policies.excluding, (tx, { params }, call) =>
    excludeWorkOrder(tx, secrets, params.id, null, call.now, (changes) =>
      call.audit({
        objectKind: 'work_order',
        objectId: params.id,
        detail: sealChanges(secrets, tx.organizationId, changes),
      }),
    ),
  ),
]
