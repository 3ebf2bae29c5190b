import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import cookie from '@fastify/cookie'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import files from '@fastify/static'
import pressure from '@fastify/under-pressure'
import Fastify, { type FastifyInstance, type FastifyReply } from 'fastify'
import { routes as contractRoutes } from '../contract/index.ts'
import { askerOfToken, tokenOf, waitsForSetUp } from './access/index.ts'
import { type Parts, servedRoutes } from './modules.ts'
import type { Asker } from './platform/actor.ts'
import { openapi } from './platform/http/openapi.ts'
import { languageOf, sendProblem } from './platform/http/problem.ts'
import { addRoutes } from './platform/http/serve.ts'
import { notFound } from './platform/refusal.ts'
import { together } from './platform/together.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const webRoot = join(root, 'web', 'dist')
export const version = (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string })
  .version

/** The whole HTTP side as one value: API, its document and reference page, the web page, health. */
export async function buildApp(parts: Parts, options: { log?: boolean } = {}): Promise<FastifyInstance> {
  const app = Fastify({
    // An open page keeps a stream of events: closing must not wait for it.
    forceCloseConnections: true,
    logger: options.log
      ? { level: 'warn', redact: ['req.headers.cookie', 'req.headers.authorization'] }
      : false,
    genReqId: () => randomBytes(9).toString('base64url'),
    bodyLimit: 1_048_576,
    exposeHeadRoutes: false,
    trustProxy: parts.trustProxy ?? false,
    routerOptions: { caseSensitive: true, ignoreTrailingSlash: false, maxParamLength: 300 },
  })
  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, error))
  app.setNotFoundHandler((request, reply) =>
    /^\/(api|assets)\//.test(request.url) || request.method !== 'GET'
      ? sendProblem(request, reply, notFound())
      : page(reply),
  )
  // A file arrives as the raw body: it is never held in memory, the route streams it to disk.
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload))
  await app.register(helmet, {
    contentSecurityPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    hsts: false,
  })
  await app.register(cookie)
  await app.register(rateLimit, { max: parts.requestsPerMinute ?? 1200, timeWindow: '1 minute' })
  await app.register(pressure, { maxEventLoopDelay: 5000, retryAfter: 10 })
  app.addHook('onSend', async (_request, reply, body) => {
    if (!reply.hasHeader('content-security-policy'))
      reply.header('content-security-policy', policyWith(undefined))
    reply.header('x-frame-options', 'DENY')
    return body
  })
  const askers = together<Asker | undefined>()
  addRoutes(app, servedRoutes(parts), {
    db: parts.db,
    now: parts.now,
    fingerprint: parts.secrets.hash,
    tokenOf,
    // A page asks for a dozen things at once. Who they come from is read after they have come, for all of them.
    askerOf: (token, beside) =>
      beside
        ? askerOfToken(parts.db, token, parts.now(), beside)
        : askers(token, () => askerOfToken(parts.db, token, parts.now())),
  })
  health(app, parts)
  await reference(app)
  await web(app, parts)
  return app
}

const policyWith = (nonce: string | undefined): string =>
  [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self'${nonce ? ` 'nonce-${nonce}'` : ''}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')

function health(app: FastifyInstance, parts: Parts): void {
  app.get('/healthz', async () => ({ status: 'ok', version }))
  app.get('/readyz', async (request, reply) => {
    try {
      await parts.db.pool.query('select 1')
      return { status: 'ready', version }
    } catch {
      const zh = languageOf(request) === 'zh'
      return reply
        .status(503)
        .send({ status: 'unready', reason: zh ? '数据库没有响应' : 'the database does not answer' })
    }
  })
  app.get('/metrics', async (request, reply) => {
    // Figures of the process are for the operator of this machine, not for the network.
    if (!['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(request.ip)) throw notFound()
    const memory = process.memoryUsage()
    const lines = [
      '# TYPE process_resident_memory_bytes gauge',
      `process_resident_memory_bytes ${memory.rss}`,
      '# TYPE process_cpu_seconds_total counter',
      `process_cpu_seconds_total ${(process.cpuUsage().user + process.cpuUsage().system) / 1e6}`,
      '# TYPE zhihuan_database_connections gauge',
      `zhihuan_database_connections{state="all"} ${parts.db.pool.totalCount}`,
      `zhihuan_database_connections{state="idle"} ${parts.db.pool.idleCount}`,
      `zhihuan_database_connections{state="waiting"} ${parts.db.pool.waitingCount}`,
      '# TYPE zhihuan_import_rows_total counter',
      `zhihuan_import_rows_total ${parts.importedRows()}`,
      '# TYPE zhihuan_info gauge',
      `zhihuan_info{version="${version}"} 1`,
    ]
    return reply.type('text/plain; version=0.0.4').send(`${lines.join('\n')}\n`)
  })
}

async function reference(app: FastifyInstance): Promise<void> {
  const document = openapi(contractRoutes, version)
  app.get('/api/openapi.json', async () => document)
  const ui = fileURLToPath(new URL('.', import.meta.resolve('swagger-ui-dist/package.json')))
  await app.register(files, {
    root: ui,
    prefix: '/api/docs/assets/',
    decorateReply: false,
    allowedPath: (path) => /^\/(swagger-ui\.css|swagger-ui-bundle\.js|favicon-32x32\.png)$/.test(path),
  })
  app.get('/api/docs', (_request, reply) => reply.type('text/html').send(referencePage))
  app.get('/api/docs/start.js', (_request, reply) => reply.type('text/javascript').send(referenceScript))
}

const referencePage = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>质环 API</title>
<link rel="stylesheet" href="/api/docs/assets/swagger-ui.css"><div id="reference"></div>
<script src="/api/docs/assets/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></html>`
const referenceScript = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#reference', validatorUrl: null })`

let indexPage: string | undefined
/** The page for every address of the app; styles carry a nonce of this answer alone. */
function page(reply: FastifyReply, status = 200) {
  if (!existsSync(join(webRoot, 'index.html')))
    return reply.status(503).type('text/plain; charset=utf-8').send('The page is not built: npm run build')
  indexPage ??= readFileSync(join(webRoot, 'index.html'), 'utf8')
  const nonce = randomBytes(16).toString('base64')
  return reply
    .status(status)
    .header('content-security-policy', policyWith(nonce))
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(indexPage.replaceAll('__CSP_NONCE__', nonce))
}

async function web(app: FastifyInstance, parts: Parts): Promise<void> {
  app.get('/', (_request, reply) => page(reply))
  // Once the product is set up there is no such page.
  app.get('/setup', async (_request, reply) => page(reply, (await waitsForSetUp(parts.db)) ? 200 : 404))
  if (!existsSync(join(webRoot, 'assets'))) return
  await app.register(files, {
    root: join(webRoot, 'assets'),
    prefix: '/assets/',
    decorateReply: false,
    immutable: true,
    preCompressed: true,
    maxAge: '365d',
  })
}
