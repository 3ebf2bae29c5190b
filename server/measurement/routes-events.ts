import { PassThrough } from 'node:stream'
import type { Call } from '../platform/http/serve.ts'

/** Where open pages hear that figures of their organization changed. */
export interface FigureHub {
  subscribe(organizationId: string, listener: () => void): () => void
}

const heartbeatMs = 25_000
/** The page reconnects after this, and is asked for its session anew. */
const longestMs = 10 * 60_000

/** Keeps the answer open and sends a `figures` event each time the cells were written. */
export function sendFigureEvents(hub: FigureHub, { actor, reply }: Call): void {
  const stream = new PassThrough()
  stream.write('retry: 2000\n\n')
  const unsubscribe = hub.subscribe(actor.organizationId, () => {
    // A reader too slow for a dozen bytes hears of the next change instead.
    if (!stream.writableNeedDrain) stream.write('event: figures\ndata: {}\n\n')
  })
  const heartbeat = setInterval(() => stream.write(': still here\n\n'), heartbeatMs)
  const finish = setTimeout(() => stream.end(), longestMs)
  // An open page must not keep the process from ending.
  heartbeat.unref()
  finish.unref()
  reply.raw.once('close', () => stream.end())
  stream.once('close', () => {
    unsubscribe()
    clearInterval(heartbeat)
    clearTimeout(finish)
  })
  reply
    .header('cache-control', 'no-store')
    .header('x-accel-buffering', 'no')
    .type('text/event-stream; charset=utf-8')
    .send(stream)
}
