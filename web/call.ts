import type { z } from 'zod'
import type { Problem, Route } from '../contract/route.ts'
import { addressOf } from './paths.ts'

/** A refusal of the server as it was said, in the reader's language. `status` 0: no answer at all. */
export class Refused extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
}

/** A part of the input, required only where the route requires something in it. */
type Part<Name extends string, Schema extends z.ZodType> =
  Record<never, never> extends z.input<Schema>
    ? { [K in Name]?: z.input<Schema> }
    : { [K in Name]: z.input<Schema> }

type Given<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = Part<'params', P> &
  Part<'query', Q> &
  Part<'body', B> & { file?: File; signal?: AbortSignal }

/** Calls a route of the contract. Throws `Refused` for every answer that is not the promised one. */
export async function call<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
>(route: Route<P, Q, B, R>, given: Given<P, Q, B>): Promise<z.output<R>> {
  const response = await fetch(addressOf(route, given), {
    method: route.method,
    headers: headersFor(route, given.file !== undefined),
    body: given.file ?? (route.method === 'GET' ? null : JSON.stringify(given.body ?? {})),
    signal: given.signal ?? null,
    credentials: 'same-origin',
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Refused(unanswered)
  })
  if (!response.ok) throw new Refused(await problemIn(response))
  // The server has checked its reply against the same schema before sending it.
  return (await response.json()) as z.output<R>
}

function headersFor(route: Route, file: boolean): Record<string, string> {
  const headers: Record<string, string> = { 'accept-language': document.documentElement.lang }
  if (route.method === 'GET') return headers
  headers['content-type'] = file ? 'application/octet-stream' : 'application/json'
  if (route.method === 'POST' && !file)
    headers['idempotency-key'] = crypto.randomUUID?.() ?? String(Math.random())
  return headers
}

const unanswered: Problem = {
  type: 'urn:zhihuan:problem:unanswered',
  title: 'unanswered',
  status: 0,
  code: 'unanswered',
  detail: '',
  request: '',
}

async function problemIn(response: Response): Promise<Problem> {
  const text = await response.text()
  try {
    const said = JSON.parse(text) as Partial<Problem>
    if (typeof said.code === 'string') return said as Problem
  } catch {
    // Not a problem of ours: a proxy in between answered.
  }
  return { ...unanswered, code: 'bad_answer', status: response.status }
}

export const codeOf = (error: unknown): string | undefined =>
  error instanceof Refused ? error.problem.code : undefined
