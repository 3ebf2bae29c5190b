import type { FastifyInstance, FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify'
import type { z } from 'zod'
import type { Route } from '../../../contract/route.ts'
import { type Actor, type Asker, type Beside, type Policy, type RolePolicy, scopeOf } from '../actor.ts'
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
  shared?: SharedReading<unknown, object>
}

type Reach = Pick<Edge, 'db'> & { scope: Scope; now: Date }

interface SharedReading<In, Out extends object> {
  /** The answer of before, where a row that is read with the actor shows that it holds. */
  kept?: { beside: Beside; answer(reach: Reach, input: In, beside: unknown[]): Out | undefined }
  read(reach: Reach, input: In): Promise<Out>
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
 * asked. An answer that is the very object of before is checked and written out once. Where what is read with the actor
 * shows that the answer of before holds, that is the only statement.
 */
export function serveShared<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
>(
  route: Route<P, Q, B, R>,
  policy: RolePolicy,
  shared: SharedReading<Input<z.output<P>, z.output<Q>, z.output<B>>, z.input<R> & object>,
): AnyServed {
  return { route, policy, shared } as unknown as AnyServed
}

export interface Edge {
  db: Database
  now: () => Date
  /** The token of a request's session or key; undefined when there is none. */
  tokenOf(request: FastifyRequest): string | undefined
  /** Who is behind a token, and what was read beside; undefined when nobody is. */
  askerOf(token: string, beside?: Beside): Promise<Asker | undefined>
  /** Keyed: an input may hold a password, and what is kept of it must not let anybody try guesses. */
  fingerprint(text: string): Buffer
}

export function addRoutes(app: FastifyInstance, served: AnyServed[], edge: Edge): void {
  for (const one of served) {
    if (!one.policy) throw new Error(`route ${one.route.name} declares no policy`)
    const { method, path: url } = one.route
    const handler: RouteHandlerMethod = one.shared
      ? answerShared(one, one.shared, edge)
      : (request, reply) => answer(one, edge, request, reply)
    app.route({ method, url, handler })
  }
}

/** Those who hold the same token and ask for the same address at the same time ask once. */
function answerShared(
  { route, policy }: AnyServed,
  shared: SharedReading<unknown, object>,
  edge: Edge,
): RouteHandlerMethod {
  const asking = together<{ language: Language; body: Promise<Buffer> }>()
  const reading = together<object>()
  const written = new WeakMap<object, Buffer>()
  const scopes = new WeakMap<Actor['grants'], Scope>()
  const bodyOf = async ({ actor, beside }: Asker, request: FastifyRequest): Promise<Buffer> => {
    const scope = scopes.get(actor.grants) ?? allowedScope(actor, policy as RolePolicy)
    scopes.set(actor.grants, scope)
    const input = parse(route, request)
    const reach = { db: edge.db, scope, now: edge.now() }
    const found =
      shared.kept?.answer(reach, input, beside) ??
      (await reading(JSON.stringify([scope.organizationId, scope.unitIds, input]), () =>
        shared.read(reach, input),
      ))
    const body = written.get(found) ?? Buffer.from(JSON.stringify(route.reply.parse(found)))
    written.set(found, body)
    return body
  }
  return async (request, reply) => {
    const token = edge.tokenOf(request)
    if (!token) throw unauthenticated()
    const { language, body } = await asking(`${token} ${request.url}`, async () => {
      const asker = await edge.askerOf(token, shared.kept?.beside)
      if (!asker) throw unauthenticated()
      const body = bodyOf(asker, request)
      await body.catch(() => {})
      return { language: asker.actor.language, body }
    })
    noteLanguage(request, language)
    return sendBody(route, reply, await body)
  }
}

/** The units an actor reaches by a policy; refuses (403) who reaches none. */
function allowedScope(actor: Actor, policy: RolePolicy): Scope & { whole: boolean } {
  const scope = scopeOf(actor, policy.roles)
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
  return scope
}

async function answer(served: AnyServed, edge: Edge, request: FastifyRequest, reply: FastifyReply) {
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
  const token = edge.tokenOf(request)
  const asker = token && (await edge.askerOf(token))
  if (!asker) throw unauthenticated()
  const { actor } = asker
  noteLanguage(request, actor.language)
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
    const scope = allowedScope(actor, policy)
    const input = parse(route, request)
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
  return sendBody(route, reply, JSON.stringify(result ?? {}))
}

function sendBody(route: Route, reply: FastifyReply, body: string | Buffer) {
  reply.header('cache-control', 'no-store')
  return reply.status(route.status).type('application/json').send(body)
}
