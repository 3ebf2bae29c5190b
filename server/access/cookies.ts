import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '../platform/refusal.ts'
import { deviceDays } from './purge.ts'

const secure = (request: FastifyRequest) => request.protocol === 'https'
/** Over https the name carries the __Host- prefix, which browsers tie to this host and path. */
const cookieName = (request: FastifyRequest) =>
  secure(request) ? '__Host-zhihuan_session' : 'zhihuan_session'

export function setSessionCookie(request: FastifyRequest, reply: FastifyReply, token: string): void {
  reply.setCookie(cookieName(request), token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: secure(request),
  })
}

export function clearSessionCookie(request: FastifyRequest, reply: FastifyReply): void {
  reply.clearCookie(cookieName(request), { path: '/', secure: secure(request) })
}

const deviceName = (request: FastifyRequest) => (secure(request) ? '__Host-zhihuan_device' : 'zhihuan_device')

/** What a browser that signed in before shows at its next sign-in; it opens nothing by itself. */
export const deviceOf = (request: FastifyRequest): string | undefined => request.cookies[deviceName(request)]

export function setDeviceCookie(request: FastifyRequest, reply: FastifyReply, device: string): void {
  reply.setCookie(deviceName(request), device, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: secure(request),
    maxAge: deviceDays * 86_400,
  })
}

export const sessionCookieOf = (request: FastifyRequest): string | undefined =>
  request.cookies[cookieName(request)]

/** Whether a request comes with an API key rather than from a browser. */
export const isKey = (request: FastifyRequest): boolean =>
  request.headers.authorization?.startsWith('Bearer ') ?? false

/** The token of a key (Authorization header) or of a browser session (cookie). */
export function tokenOf(request: FastifyRequest): string | undefined {
  const header = request.headers.authorization
  if (header?.startsWith('Bearer ')) return header.slice(7).trim()
  const token = sessionCookieOf(request)
  if (token && request.method !== 'GET' && request.method !== 'HEAD') refuseOtherSites(request)
  return token
}

/** A write that rides on a cookie must come from our own pages. */
export function refuseOtherSites(request: FastifyRequest): void {
  const site = request.headers['sec-fetch-site']
  const origin = request.headers.origin
  const own = origin === undefined || origin === `${request.protocol}://${request.host}`
  if (own && (site === undefined || site === 'same-origin' || site === 'none')) return
  throw new Refusal('other_site', 403, {
    zh: '该请求来自其他网站，已拒绝。',
    en: 'This request came from another site and was refused.',
  })
}
