import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Route } from '../../../contract/route.ts'
import { type Actor, type Policy, type RolePolicy, scopeOf } from '../actor.ts'
import { recordAudit } from '../audit.ts'
import type { Database, Scope, Tx } from '../database.ts'
import { notFound, Refusal } from '../refusal.ts'
import { together } from '../together.ts'
import { answered, keepAnswer } from './idempotency.ts'
import { Invalid, type Language, languageOf, noteLanguage, unauthenticated } from './problem.ts'

export interface Input<Params, Query, Body> {
  params: Params
  query: Query
  body: Body
}

/** What a handler knows of the call beside its input. */
export interface Call {
  actor: Actor
  /** The rows the policy's roles let the actor reach; `whole` when that is the whole organization. */
  scope: Scope & { whole: boolean }
  now: Date
  language: Language
  requestId: string
  db: Database
  request: FastifyRequest
  reply: FastifyReply
  /** Names the changed object in the audit row that is written with the change. */
  audit(entry: { objectKind: string; objectId?: string | null; detail?: Record<string, unknown> }): void
}

interface Served<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType> {
  route: Route<P, Q, B, R>
  policy: Policy
  /** 'one': the edge opens the call's transaction; 'own': the handler runs its own (imports, streams, sign-in). */
  transaction: 'one' | 'own'
  handle(
    tx: Tx,
    input: Input<z.output<P>, z.output<Q>, z.output<B>>,
    call: Call,
  ): Promise<z.input<R> | undefined>
}

export interface AnyServed {
  route: Route
  policy: Policy
  transaction: 'one' | 'own'
  handle(tx: Tx | undefined, input: Input<unknown, unknown, unknown>, call: Call): Promise<unknown>
  /** Instead of `handle`: see serveShared. */
  read?(
    reach: Pick<Edge, 'db'> & { scope: Scope; now: Date },
    input: Input<unknown, unknown, unknown>,
  ): Promise<object>
}

/** A route with its policy and its handler; the handler's answer must fit the contract or it does not compile. */
export function serve<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  route: Route<P, Q, B, R>,
  policy: Policy,
  handle: Served<P, Q, B, R>['handle'],
  transaction: 'one' | 'own' = 'one',
): AnyServed {
  // The list holds routes of every shape: each was checked against its own types here, once.
  return { route, policy, handle, transaction } as unknown as AnyServed
}

/**
 * A reading that depends on nothing but its input and the units in reach, as it learns of no more. When figures change
 * all open pages ask for the same: those who ask at the same time are answered by one reading, which begins after they
 * asked. An answer that is the very object of before is checked and written out once.
 */
export function serveShared<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
>(
  route: Route<P, Q, B, R>,
  policy: RolePolicy,
  read: (
    reach: Pick<Edge, 'db'> & { scope: Scope; now: Date },
    input: Input<z.output<P>, z.output<Q>, z.output<B>>,
  ) => Promise<z.input<R> & object>,
): AnyServed {
  return { route, policy, read } as unknown as AnyServed
}

export interface Edge {
  db: Database
  now: () => Date
  /** Finds the actor of a request's session or key; undefined when there is none. */
  actorOf(request: FastifyRequest): Promise<Actor | undefined>
  /** Keyed: an input may hold a password, and what is kept of it must not let anybody try guesses. */
  fingerprint(text: string): Buffer
}

export function addRoutes(app: FastifyInstance, served: AnyServed[], edge: Edge): void {
  for (const one of served) {
    if (!one.policy) throw new Error(`route ${one.route.name} declares no policy`)
    const shared = sharedReading(one, edge)
    app.route({
      method: one.route.method,
      url: one.route.path,
      handler: (request, reply) => answer(one, edge, shared, request, reply),
    })
  }
}

type Shared = (scope: Scope, input: Input<unknown, unknown, unknown>) => Promise<string>

function sharedReading({ route, read }: AnyServed, { db, now }: Edge): Shared | undefined {
  if (!read) return undefined
  const reading = together<string>()
  const written = new WeakMap<object, string>()
  return (scope, input) =>
    reading(JSON.stringify([scope.organizationId, scope.unitIds, input]), async () => {
      const answer = await read({ db, scope, now: now() }, input)
      const text = written.get(answer) ?? JSON.stringify(route.reply.parse(answer))
      written.set(answer, text)
      return text
    })
}

async function answer(
  served: AnyServed,
  edge: Edge,
  shared: Shared | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const { route, policy } = served
  const now = edge.now()
  const writes = route.method !== 'GET'
  if ('public' in policy) {
    const input = parse(route, request)
    const call = {
      now,
      language: languageOf(request),
      requestId: request.id,
      db: edge.db,
      request,
      reply,
      audit() {},
    }
    // A public handler has no actor and no scope; it opens what it needs itself.
    const result = await served.handle(undefined, input, call as unknown as Call)
    return send(route, reply, result)
  }
  const actor = await edge.actorOf(request)
  if (!actor) throw unauthenticated()
  noteLanguage(request, actor.language)
  const scope = scopeOf(actor, policy.roles)
  let entry = {
    objectKind: route.name,
    objectId: null as string | null,
    detail: {} as Record<string, unknown>,
  }
  const line = (result: 'ok' | 'denied' | 'invalid' | 'failed', detail: Record<string, unknown> = {}) => ({
    actorId: actor.userId,
    actorName: actor.login,
    action: route.name,
    objectKind: entry.objectKind,
    objectId: entry.objectId ?? idInPath(request),
    result,
    requestId: request.id,
    detail: { ...entry.detail, ...detail },
  })
  try {
    if (!scope)
      throw new Refusal('forbidden', 403, {
        zh: '您的角色不能进行此操作，请向管理员申请。',
        en: 'Your role does not allow this; ask an administrator.',
      })
    if (policy.whole && !scope.whole)
      throw new Refusal('forbidden', 403, {
        zh: '这里的设置对整个企业生效，须由整个企业的负责人修改。',
        en: 'These settings hold for the whole organization; whoever answers for the whole of it changes them.',
      })
    const input = parse(route, request)
    if (shared) return sendText(route, reply, await shared(scope, input))
    const call: Call = {
      actor,
      scope,
      now,
      language: languageOf(request),
      requestId: request.id,
      db: edge.db,
      request,
      reply,
      audit: (given) => {
        entry = { objectId: null, detail: {}, ...given }
      },
    }
    if (served.transaction === 'own') {
      const result = await served.handle(undefined, input, call)
      if (writes) await edge.db.transaction(scope, (tx) => recordAudit(tx, line('ok'), now))
      return send(route, reply, result)
    }
    const key = route.method === 'POST' ? request.headers['idempotency-key'] : undefined
    const result = await edge.db.transaction(
      scope,
      async (tx) => {
        const hash =
          typeof key === 'string' ? edge.fingerprint(`${route.name} ${JSON.stringify(input)}`) : undefined
        if (typeof key === 'string' && hash) {
          const earlier = await answered(tx, actor.userId, key, hash, now)
          if (earlier) return earlier.body
        }
        const done = route.reply.parse((await served.handle(tx, input, call)) ?? {})
        if (writes) await recordAudit(tx, line('ok'), now)
        if (typeof key === 'string' && hash) await keepAnswer(tx, actor.userId, key, done)
        return done
      },
      { readOnly: !writes },
    )
    return send(route, reply, result)
  } catch (error) {
    if (writes) await auditRefusal(edge, actor, error, line, now)
    throw error
  }
}

/** A refused or failed write leaves one row too, in a transaction of its own. */
async function auditRefusal(
  edge: Edge,
  actor: Actor,
  error: unknown,
  line: (
    result: 'denied' | 'invalid' | 'failed',
    detail?: Record<string, unknown>,
  ) => Parameters<typeof recordAudit>[1],
  now: Date,
): Promise<void> {
  const denied = error instanceof Refusal && (error.status === 403 || error.status === 404)
  const result = denied
    ? 'denied'
    : error instanceof Refusal || error instanceof Invalid
      ? 'invalid'
      : 'failed'
  const code = error instanceof Refusal ? error.code : result
  const scope = { organizationId: actor.organizationId, unitIds: [] }
  await edge.db.transaction(scope, (tx) => recordAudit(tx, line(result, { code }), now))
}

const idInPath = (request: FastifyRequest): string | null => (request.params as { id?: string })?.id ?? null

function parse(route: Route, request: FastifyRequest): Input<unknown, unknown, unknown> {
  return {
    params: check('params', route.params, request.params ?? {}),
    query: check('query', route.query, { ...(request.query as object) }),
    body: route.takes === 'file' ? {} : check('body', route.body, request.body ?? {}),
  }
}

function check(place: string, schema: z.ZodType, value: unknown): unknown {
  const unusable = unusableText(value, place)
  if (unusable && place === 'params') throw notFound()
  if (unusable)
    throw new Refusal('unusable_character', 400, {
      zh: `${unusable} 含有无法保存的字符（空字符或不完整的字符），请删去后重试。`,
      en: `${unusable} holds a character that cannot be kept (a null or half a character); remove it and try again.`,
    })
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  // A path that cannot name anything is the same as one that names nothing.
  if (place === 'params') throw notFound()
  throw new Invalid(place, parsed.error)
}

/** Where a text stands that no database can hold; undefined when there is none. */
function unusableText(value: unknown, place: string): string | undefined {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? place : undefined
  if (typeof value !== 'object' || value === null) return undefined
  for (const [name, inner] of Object.entries(value)) {
    const found = unusableText(name, place) ?? unusableText(inner, `${place}.${name}`)
    if (found) return found
  }
  return undefined
}

function send(route: Route, reply: FastifyReply, result: unknown) {
  if (route.sends !== 'json' || reply.sent) return reply
  return sendText(route, reply, JSON.stringify(result ?? {}))
}

function sendText(route: Route, reply: FastifyReply, text: string) {
  reply.header('cache-control', 'no-store')
  return reply.status(route.status).type('application/json').send(text)
}
