import type { z } from 'zod'
import type { recordRoutes } from '../../contract/record-routes.ts'
import { policies } from '../access/index.ts'
import { handSource, organizationOf } from '../directory/index.ts'
import { homeUnitOf } from '../platform/actor.ts'
import type { Tx } from '../platform/database.ts'
import { type AnyServed, type Call, serve } from '../platform/http/serve.ts'
import { type FieldChange, sealChanges } from '../platform/record-change.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { Edit, Given, HandContext } from './by-hand.ts'
import type { recordsByHand } from './records-by-hand.ts'
import type { ListQuery } from './work-order-list.ts'

type Reply = z.ZodType<unknown, { id: string; version: number }>
type EditBody = z.ZodType<{ version: number } & Given>

/** What a kind of record does behind its routes. */
interface Work<R extends Reply, C extends z.ZodType> {
  /** As audit rows call it. */
  objectKind: string
  list(
    tx: Tx,
    query: ListQuery,
    zoneName: string,
  ): Promise<{ items: z.input<R>[]; next: string | null; total: number | null }>
  read(tx: Tx, id: string): Promise<z.input<R>>
  create(tx: Tx, given: z.output<C>, context: HandContext): Promise<z.input<R>>
  edit(tx: Tx, id: string, given: Given, how: Edit): Promise<z.input<R>>
}

/** Serves list, reading, entry, edit, exclusion and inclusion of a kind of record, each write with its audit row. */
export function serveRecords<R extends Reply, C extends z.ZodType, E extends EditBody>(
  secrets: Secrets,
  routes: ReturnType<typeof recordRoutes<R, C, E>>,
  work: Work<R, C>,
): AnyServed[] {
  const { objectKind } = work
  const edit = (tx: Tx, call: Call, objectId: string, version: number): Edit => ({
    version,
    now: call.now,
    told: (changes: FieldChange[]) =>
      call.audit({
        objectKind,
        objectId,
        detail: { version: version + 1, ...sealChanges(secrets, tx.organizationId, changes) },
      }),
  })
  const exclude = async (tx: Tx, call: Call, id: string, reason: string | null) => {
    const { version } = await work.read(tx, id)
    return work.edit(tx, id, { excludedReason: reason }, edit(tx, call, id, version))
  }
  return [
    serve(routes.list, policies.readingRecords, async (tx, { query }) => {
      const { items, next, total } = await work.list(tx, query, (await organizationOf(tx)).zone.name)
      return { items, next, total } as z.input<typeof routes.list.reply>
    }),
    serve(routes.read, policies.readingRecords, (tx, { params }) => work.read(tx, params.id)),
    serve(routes.create, policies.recording, async (tx, { body }, call) => {
      const made = await work.create(tx, body, {
        now: call.now,
        sourceId: await handSource(tx, call.now),
        homeUnitId: homeUnitOf(call.actor, call.scope),
      })
      call.audit({ objectKind, objectId: made.id })
      return made
    }),
    serve(routes.edit, policies.recording, (tx, { params, body }, call) => {
      const { version, ...given }: { version: number } & Given = body
      return work.edit(tx, params.id, given, edit(tx, call, params.id, version))
    }),
    serve(routes.exclude, policies.excluding, (tx, { params, body }, call) =>
      exclude(tx, call, params.id, body.reason),
    ),
    serve(routes.include, policies.excluding, (tx, { params }, call) => exclude(tx, call, params.id, null)),
  ]
}

/** What `recordsByHand` does, as the routes of its kind call it. */
export const servedByHand = <R>(
  secrets: Secrets,
  objectKind: string,
  { list, read, create, edit }: ReturnType<typeof recordsByHand<R>>,
) => ({
  objectKind,
  list: (tx: Tx, query: ListQuery, zoneName: string) => list(tx, secrets, query, zoneName),
  read: (tx: Tx, id: string) => read(tx, secrets, id),
  create: (tx: Tx, given: Given, context: HandContext) => create(tx, secrets, given, context),
  edit: (tx: Tx, id: string, given: Given, how: Edit) => edit(tx, secrets, id, given, how),
})
