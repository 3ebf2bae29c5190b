import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Problem } from '../../../contract/route.ts'
import { Refusal } from '../refusal.ts'

export type Language = 'zh' | 'en'

const ofUser = new WeakMap<FastifyRequest, Language>()

/** Notes the language of the user who is asking, for a request that names none. */
export const noteLanguage = (request: FastifyRequest, language: Language): void => {
  ofUser.set(request, language)
}

/** Accept-Language decides; without a word of ours in it, the user's own; for somebody unknown, Chinese. */
export function languageOf(request: FastifyRequest): Language {
  const header = request.headers['accept-language'] ?? ''
  for (const part of header.split(',')) {
    const tag = part.trim().slice(0, 2).toLowerCase()
    if (tag === 'zh' || tag === 'en') return tag
  }
  return ofUser.get(request) ?? 'zh'
}

/** Thrown for input that does not fit the contract; carries each place. */
export class Invalid extends Error {
  readonly issues: { path: string; zh: string; en: string }[]
  constructor(place: string, error: z.ZodError) {
    super(`invalid ${place}`)
    const zh = sentences('zh', error)
    const en = sentences('en', error)
    this.issues = error.issues.map((issue, i) => ({
      path: [place, ...issue.path.map(String)].join('.'),
      zh: zh[i] ?? issue.message,
      en: en[i] ?? issue.message,
    }))
  }
}

const locales = { zh: z.locales.zhCN().localeError, en: z.locales.en().localeError }

const sentences = (language: Language, error: z.ZodError): string[] =>
  error.issues.map((issue) => {
    // A sentence of the contract's own holds both languages: 中文 · English.
    const own = issue.code === 'custom' ? issue.message.split(' · ') : []
    if (own.length === 2) return own[language === 'zh' ? 0 : 1]!
    const said = locales[language](issue as Parameters<typeof locales.zh>[0])
    return (typeof said === 'string' ? said : said?.message) ?? issue.message
  })

const general = {
  invalid: {
    zh: '请求内容有误，请按 errors 所列位置修改。',
    en: 'The request does not fit; see the places in errors.',
  },
  failed: {
    zh: '服务器出错，请稍后重试；若仍出现，请提供请求编号。',
    en: 'The server failed; try again, and quote the request id if it stays.',
  },
  unauthenticated: { zh: '请先登录。', en: 'Sign in first.' },
  not_found: { zh: '没有找到，或您无权查看。', en: 'Not found, or not yours to see.' },
  too_large: { zh: '内容超过大小上限。', en: 'The content is over the size limit.' },
  too_many_requests: { zh: '请求过于频繁，请稍后再试。', en: 'Too many requests; try again a little later.' },
  busy: {
    zh: '服务器正忙，请稍后再试。',
    en: 'The server is busy; try again a little later.',
  },
  bad_request: { zh: '请求无法读取。', en: 'The request cannot be read.' },
} as const
type General = keyof typeof general

export const unauthenticated = () => new Refusal('unauthenticated', 401, general.unauthenticated)

export function problemOf(
  error: unknown,
  language: Language,
  requestId: string,
): { status: number; body: Problem; known: boolean } {
  const make = (status: number, code: string, detail: string, more: object = {}) => ({
    status,
    known: status < 500 || status === 503,
    body: {
      type: `urn:zhihuan:problem:${code}`,
      title: code,
      status,
      code,
      detail,
      request: requestId,
      ...more,
    },
  })
  const said = (status: number, code: General, more: object = {}) =>
    make(status, code, general[code][language], more)
  if (error instanceof Refusal) return make(error.status, error.code, error[language], error.detail)
  if (error instanceof Invalid)
    return said(400, 'invalid', {
      errors: error.issues.map((issue) => ({ path: issue.path, message: issue[language] })),
    })
  const status = (error as { statusCode?: number }).statusCode
  if (status === 413) return said(413, 'too_large')
  if (status === 429) return said(429, 'too_many_requests')
  if (status === 503) return said(503, 'busy')
  if (status === 404) return said(404, 'not_found')
  if (status && status >= 400 && status < 500) return said(status, 'bad_request')
  return said(500, 'failed')
}

export function sendProblem(request: FastifyRequest, reply: FastifyReply, error: unknown) {
  const { status, body, known } = problemOf(error, languageOf(request), request.id)
  if (!known) request.log.error({ err: error, request: request.id }, 'request failed')
  return reply.status(status).type('application/problem+json').send(JSON.stringify(body))
}
