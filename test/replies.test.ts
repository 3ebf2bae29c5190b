import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { z } from 'zod'
import type { feedbackLine, response } from '../contract/surveys.ts'
import { drainChanges, rebuild } from '../server/measurement/index.ts'
import { type Cast, now, openCast } from './cast.ts'

type Response = z.infer<typeof response>
type Feedback = z.infer<typeof feedbackLine>

let cast: Cast
before(async () => {
  cast = await openCast()
})
after(() => cast.end())

async function send<Reply>(method: string, url: string, body?: object): Promise<Reply> {
  const answer = await cast.call('administrator', method, url, body)
  assert.ok(answer.status < 300, `${url}: ${answer.body}`)
  return answer.json() as Reply
}
// Friday afternoon in Shanghai: Monday 10 June 2024 was a holiday.
const friday = '2024-06-07T08:00:00.000Z'
const thirdDay = '2024-06-13T10:00:00.000Z'

test('a low answer shows until when it is to be replied to, in forms, lists, files and history', async () => {
  const made = await send<Response>('POST', '/api/responses', {
    submittedAt: friday,
    unitId: cast.teamA,
    overall: 5,
    attitude: 3,
  })
  assert.deepEqual([made.repliedAt, made.replyDueAt, made.replyState], [null, thirdDay, 'overdue'])
  const content = await send<Response>('POST', '/api/responses', {
    submittedAt: friday,
    unitId: cast.teamA,
    overall: 4,
    suggestion: '没有',
  })
  assert.deepEqual([content.replyDueAt, content.replyState], [null, null])
  const path = `/api/responses/${made.id}`
  const repliedAt = '2024-06-12T01:30:00.000Z'
  const told = await send<Response>('PATCH', path, { version: made.version, repliedAt })
  assert.deepEqual([told.repliedAt, told.replyDueAt, told.replyState], [repliedAt, thirdDay, 'in_time'])
  const history = await send<{ items: { changes: { field: string; before: unknown; after: unknown }[] }[] }>(
    'GET',
    `/api/records/responses/${made.id}/history`,
  )
  assert.deepEqual(
    history.items.flatMap(({ changes }) => changes).filter(({ field }) => field === 'replied_at'),
    [{ field: 'replied_at', before: null, after: repliedAt }],
  )
  const listed = async (filter: string) =>
    (await send<{ items: Response[] }>('GET', `/api/responses?filter=${filter}`)).items.map(({ id }) => id)
  assert.deepEqual(await listed('replyDueAt=2024-06-13..2024-06-13'), [made.id])
  assert.deepEqual(await listed('repliedAt=2024-06-13..2024-06-13'), [])
  assert.deepEqual(await listed('replyState:in_time,late'), [made.id])
  assert.deepEqual(await listed('replyState:'), [content.id])
  // Better scored after all, nothing is owed; worse again, it is.
  const better = await send<Response>('PATCH', path, { version: told.version, attitude: 4 })
  assert.equal(better.replyDueAt, null)
  const worse = await send<Response>('PATCH', path, { version: better.version, overall: 1 })
  assert.equal(worse.replyDueAt, thirdDay)
})

test('a line of the ledger likewise; entered and corrected, the figure is what the records say', async () => {
  const made = await send<Feedback>('POST', '/api/feedback', {
    receivedAt: friday,
    unitId: cast.teamA,
    problem: '等太久',
    score: 2,
    suggestion: '少排队',
  })
  assert.equal(made.replyDueAt, thirdDay)
  const path = `/api/feedback/${made.id}`
  const late = { version: made.version, repliedAt: '2024-06-13T10:00:00.001Z', status: 'closed' }
  const told = await send<Feedback>('PATCH', path, late)
  assert.deepEqual([told.status, told.repliedAt, told.replyState], ['closed', late.repliedAt, 'late'])
  await drainChanges(cast.db, cast.organizationId, now)
  assert.equal((await rebuild(cast.db, cast.organizationId, { check: true, now })).differing, 0)
  const figure = async (measure: string) => {
    const asked = `/api/measures/${measure}/figures?from=2024-06-01&to=2024-06-30`
    const { rows } = await send<{ rows: { numerator: number; n: number }[] }>('GET', asked)
    const { numerator, n } = rows[0]!
    return [numerator, n]
  }
  // The answer was replied to in time, the line a millisecond late.
  assert.deepEqual(await figure('low_score_closed_in_time_rate'), [1, 2])
  assert.deepEqual(await figure('low_score_closed_in_time_rate:suggestion'), [0, 1])
})

test('a measure says in which hours it runs: those of the limits, or around the clock', async () => {
  const { items } = await send<{ items: { code: string; clock: string }[] }>('GET', '/api/measures')
  const clock = Object.fromEntries(items.map((one) => [one.code, one.clock]))
  assert.deepEqual(
    ['low_score_closed_in_time_rate', 'response_timeouts', 'complaint_handling_rate', 'resolution_hours'].map(
      (code) => clock[code],
    ),
    ['limits', 'limits', 'limits', '24x7'],
  )
})

test('who may not see the team sees no answer of it and replies to none; a wrong time is told at its field', async () => {
  const made = await send<Response>('POST', '/api/responses', {
    submittedAt: friday,
    unitId: cast.teamA,
    overall: 1,
  })
  const path = `/api/responses/${made.id}`
  const body = { version: made.version, repliedAt: friday }
  assert.equal((await cast.call('outsider', 'PATCH', path, body)).status, 404)
  assert.equal((await cast.call('auditor', 'PATCH', path, body)).status, 403)
  const wrong = await cast.call('administrator', 'PATCH', path, { ...body, repliedAt: '昨天' })
  assert.equal(wrong.status, 400)
  assert.match(wrong.body, /repliedAt/)
  assert.equal((await send<Response>('GET', path)).repliedAt, null)
})
