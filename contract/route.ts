import { z } from 'zod'

// In a page, zod's quick way of compiling code from text is refused by the page's policy, and even trying is reported.
if ('document' in globalThis) z.config({ jitless: true })

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * One route as a value: the server serves it, the web calls it, the OpenAPI document is printed from it.
 * Input schemas are strict (an unknown key is refused); `reply` is what leaves, nothing more.
 */
export interface Route<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> {
  name: string
  method: Method
  path: string
  summary: { zh: string; en: string }
  params: Params
  query: Query
  body: Body
  reply: Reply
  status: number
  /** 'json' unless the answer is a file or a stream, or the request is a file. */
  sends: 'json' | 'file' | 'events'
  takes: 'json' | 'file'
  /** Codes of the refusals a caller must expect beside the general ones. */
  refusals: readonly string[]
}

const nothing = z.strictObject({})
type Nothing = typeof nothing

export function route<
  Params extends z.ZodType = Nothing,
  Query extends z.ZodType = Nothing,
  Body extends z.ZodType = Nothing,
  Reply extends z.ZodType = Nothing,
>(r: {
  name: string
  method: Method
  path: string
  summary: { zh: string; en: string }
  params?: Params
  query?: Query
  body?: Body
  reply?: Reply
  status?: number
  sends?: 'json' | 'file' | 'events'
  takes?: 'json' | 'file'
  refusals?: readonly string[]
}): Route<Params, Query, Body, Reply> {
  return {
    sends: 'json',
    takes: 'json',
    status: 200,
    refusals: [],
    ...r,
    params: r.params ?? (nothing as unknown as Params),
    query: r.query ?? (nothing as unknown as Query),
    body: r.body ?? (nothing as unknown as Body),
    reply: r.reply ?? (nothing as unknown as Reply),
  }
}

/** Body of every refusal, RFC 9457 `application/problem+json`, in the reader's language. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  request: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
})
export type Problem = z.infer<typeof problem>

export const id = z.uuid()
export const instant = z.iso.datetime({ offset: true })
export const day = z.iso.date()
/** `2024`, `2024-Q2`, `2024-05`, `2024-W21` or `2024-05-03`. */
export const periodLabel = z.string().regex(/^\d{4}(-(Q[1-4]|W\d{2}|\d{2}(-\d{2})?))?$/)
/** Opaque place in a list; absent on the last page. */
export const cursor = z.string().max(8000)
export const pageQuery = {
  cursor: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
}
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: cursor.nullable(), total: z.number().int().nullable() })
export const named = z.object({ id: z.string(), name: z.string() })
