import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Episode, Pause } from '../../contract/cases.ts'
import { explainClocks } from '../cases/explain-clocks.ts'
import { sweepClocks } from '../cases/index.ts'
import type { Episode as EpisodeFact } from '../cases/work-order-fact.ts'
import { createWorkOrder, editWorkOrder } from '../cases/work-orders.ts'
import { createPerson, handSource } from '../directory/index.ts'
import { type Importing, importedAt, openImporting } from '../intake/testing/importing.ts'
import { Refusal } from '../platform/refusal.ts'
import { dateToDay } from '../platform/time.ts'
import { installPack } from '../standards/index.ts'
import { figures } from './figures.ts'
import { partsOf } from './kernel.ts'
import type { Where } from './question.ts'
import { records } from './records.ts'
import { at, hour, order, received, sharesOf } from './testing/facts.ts'

const resolved = { ...order, resolvedAt: received + hour, resolutionDueAt: received + 24 * hour }
const episode = (from: string, to: string | null, due: string | null): EpisodeFact => ({
  at: at(from),
  resolvedAt: to === null ? null : at(to),
  dueAt: due === null ? null : at(due),
  agentId: null,
})
const inTime = (...episodes: EpisodeFact[]) =>
  sharesOf('work_order', { ...resolved, episodes }).resolution_in_time

test('each episode is judged by its own limit, on its own day; the first result stays', () => {
  const first = ['05-10', 1, 1, 0]
  assert.deepEqual(inTime(), [first])
  // Solved in time, a millisecond late, and not at all with the limit passed: on the day of the limit.
  assert.deepEqual(inTime(episode('05-20T08:00:00', '05-21T08:00:00', '05-21T08:00:00')), [
    first,
    ['05-21', 1, 1, 0],
  ])
  assert.deepEqual(inTime(episode('05-20T08:00:00', '05-22T08:00:00.001', '05-21T08:00:00')), [
    first,
    ['05-21', 0, 1, 0],
  ])
  assert.deepEqual(inTime(episode('05-20T08:00:00', null, '05-21T08:00:00')), [first, ['05-21', 0, 1, 0]])
  // Not due yet, and without a limit: in neither half.
  assert.deepEqual(inTime(episode('05-20T08:00:00', null, '07-01T00:00:00')), [first])
  assert.deepEqual(inTime(episode('05-20T08:00:00', '05-20T09:00:00', null)), [first])
  assert.deepEqual(
    inTime(
      episode('05-20T08:00:00', '05-20T09:00:00', '05-21T08:00:00'),
      episode('05-22T08:00:00', '05-25T08:00:00', '05-23T08:00:00'),
    ),
    [first, ['05-20', 1, 1, 0], ['05-23', 0, 1, 0]],
  )
})

test('an episode counts in nothing else, not at all where it comes before the solution, and excluded nowhere', () => {
  const again = episode('05-20T08:00:00', '05-20T09:00:00', '05-21T08:00:00')
  const { resolution_in_time: _, ...without } = sharesOf('work_order', resolved)
  const { resolution_in_time: __, ...rest } = sharesOf('work_order', { ...resolved, episodes: [again] })
  assert.deepEqual(rest, without)
  assert.equal(inTime(episode('05-10T10:59:59', null, '05-11T08:00:00'))?.length, 1)
  assert.deepEqual(sharesOf('work_order', { ...resolved, episodes: [again], excludedReason: '测试' }), {})
  const complaint = { ...resolved, category: 'complaint', episodes: [again] }
  assert.deepEqual(sharesOf('work_order', complaint).complaint_in_time, [
    ['05-10', 1, 1, 0],
    ['05-20', 1, 1, 0],
  ])
})

test('an episode counts for the team of the order and for who solved it', () => {
  const again = { ...episode('05-20T08:00:00', '05-20T09:00:00', null), agentId: 'b' }
  const fact = { ...resolved, agentId: 'a', responderId: 'r', responderUnitId: 'v', episodes: [again] }
  assert.deepEqual(
    partsOf('work_order', fact).map((part) => [part.unitId, part.agentId]),
    [
      ['u', 'a'],
      ['v', 'r'],
      ['u', 'b'],
    ],
  )
})

let t: Importing
before(async () => {
  t = await openImporting()
  await t.db.transaction(await t.whole(), async (tx) => {
    await installPack(tx, 'general', { effectiveOn: '2000-01-01', authorId: null, now: importedAt })
  })
})
after(() => t.end())

const iso = (local: string) => new Date(at(local)).toISOString()
const write = async (values: Record<string, string | null | Episode[] | Pause[]>) =>
  t.db.transaction(await t.whole(), async (tx) => {
    const context = { now: importedAt, sourceId: await handSource(tx, importedAt), homeUnitId: t.rootUnitId }
    return createWorkOrder(tx, t.secrets, values, context)
  })
const edit = async (id: string, values: Record<string, null | string | Episode[] | Pause[]>) =>
  t.db.transaction(await t.whole(), async (tx) => {
    const { rows } = await tx.client.query('select version from cases.work_order where id = $1', [id])
    return editWorkOrder(tx, t.secrets, id, Number(rows[0]?.version), values, importedAt)
  })

async function may(code: string, where: Where = {}): Promise<[numerator: number | null, n: number]> {
  assert.deepEqual(await t.differences(), [])
  return t.db.transaction(
    await t.whole(),
    async (tx) => {
      const span = { fromDay: dateToDay('2024-05-01'), toDay: dateToDay('2024-06-01') }
      const question = { ...span, grain: 'whole', where } as const
      const [row] = await figures(tx, code, question, { now: importedAt })
      // Page by page the list holds each episode once, though the order is the same.
      const first = await records(tx, code, question, { limit: 1 })
      assert.equal(first.total, row?.records ?? 0)
      const places = new Set<string>()
      for (let page = first; page.items.length > 0; ) {
        const { at, id } = page.items[0]!
        places.add(`${at} ${id}`)
        page = await records(tx, code, question, { limit: 1, after: { at, id } })
      }
      assert.equal(places.size, first.total)
      return [row?.numerator ?? null, row?.n ?? 0]
    },
    { readOnly: true },
  )
}

test('opened again by hand the limit runs anew, a pause of the first time stops nothing, one of the second does', async () => {
  // 24 hours by the general pack. First: 09:00, solved after 2 hours with a pause that nobody ended.
  const made = await write({
    externalId: 'E1',
    receivedAt: iso('05-10T09:00:00'),
    resolvedAt: iso('05-10T11:00:00'),
    pauses: [{ from: iso('05-10T10:00:00'), to: null, reason: '等配件' }],
  })
  const opened = await edit(made.id, {
    episodes: [{ reopenedAt: iso('05-20T09:00:00'), resolvedAt: null }],
  })
  assert.equal(opened.resolutionDueAt, made.resolutionDueAt)
  assert.deepEqual([opened.reopenCount, opened.reopenedAt], [1, iso('05-20T09:00:00')])
  assert.equal(opened.episodes[0]?.dueAt, iso('05-21T09:00:00'))
  // Past its limit while open: one more, and late.
  assert.deepEqual(await may('resolution_in_time_rate'), [1, 2])
  assert.deepEqual((await may('resolution_timeouts'))[1], 2)
  const paused = await edit(made.id, {
    pauses: [
      { from: iso('05-10T10:00:00'), to: iso('05-10T10:30:00'), reason: '' },
      { from: iso('05-20T10:00:00'), to: iso('05-20T13:00:00'), reason: '' },
    ],
  })
  assert.equal(paused.episodes[0]?.dueAt, iso('05-21T12:00:00'))
  assert.equal(paused.resolutionDueAt, iso('05-11T09:30:00'))
  await edit(made.id, {
    episodes: [{ reopenedAt: iso('05-20T09:00:00'), resolvedAt: iso('05-21T11:59:00') }],
  })
  assert.deepEqual(await may('resolution_in_time_rate'), [2, 2])
  const told = await t.db.transaction(await t.whole(), (tx) => explainClocks(tx, made.id, importedAt))
  assert.deepEqual(
    told
      .filter(({ clock }) => clock === 'resolution')
      .map((one) => [one.episode, one.pausedMinutes, one.dueAt]),
    [
      [1, 30, iso('05-11T09:30:00')],
      [2, 180, iso('05-21T12:00:00')],
    ],
  )
  const gone = await edit(made.id, { episodes: [] })
  assert.deepEqual([gone.reopenCount, gone.reopenedAt, gone.episodes], [0, null, []])
  assert.deepEqual(await may('resolution_in_time_rate'), [1, 1])
  await edit(made.id, { resolvedAt: null, receivedAt: iso('03-01T00:00:00') })
})

test('the limit of an open episode passes with the clock alone', async () => {
  const made = await write({ receivedAt: iso('06-01T09:00:00'), resolvedAt: iso('06-01T11:00:00') })
  // Opened an hour before now (06-15 10:00): due the day after.
  await edit(made.id, { episodes: [{ reopenedAt: iso('06-15T09:00:00'), resolvedAt: null }] })
  const next = new Date('2024-06-16T02:00:00Z')
  assert.equal(await sweepClocks(t.db, t.organizationId, new Date(next.getTime() - 2 * hour)), 0)
  assert.equal(await sweepClocks(t.db, t.organizationId, next), 1)
  assert.deepEqual(await t.differences(), [])
})

test('what is no course of re-openings is refused with the remedy', async () => {
  const code = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => null,
      (thrown: unknown) => thrown,
    )
    assert.ok(error instanceof Refusal)
    return error.code
  }
  const open = await write({ receivedAt: iso('04-01T09:00:00') })
  const again = (from: string, to: string | null): Episode => ({
    reopenedAt: iso(from),
    resolvedAt: to === null ? null : iso(to),
  })
  assert.equal(await code(edit(open.id, { episodes: [again('04-02T09:00:00', null)] })), 'not_resolved')
  await edit(open.id, { resolvedAt: iso('04-02T09:00:00') })
  for (const episodes of [
    [again('04-02T08:59:00', null)],
    [again('04-03T09:00:00', '04-03T08:00:00')],
    [again('04-03T09:00:00', null), again('04-04T09:00:00', null)],
    [again('04-03T09:00:00', '04-05T09:00:00'), again('04-04T09:00:00', null)],
  ])
    assert.equal(await code(edit(open.id, { episodes })), 'episodes_backwards')
})

test('a log opens episodes, each for who solved it; the earlier results stay', async () => {
  const [a, b] = await t.db.transaction(await t.whole(), async (tx) => [
    await createPerson(tx, { name: '甲', unitId: t.rootUnitId, fromOn: '2024-01-01' }, importedAt),
    await createPerson(tx, { name: '乙', unitId: t.rootUnitId, fromOn: '2024-01-01' }, importedAt),
  ])
  const mapping = {
    columns: { case: 'case', activity: 'activity', at: 'at', actor: 'actor' },
    activities: { 登记: 'received', 解决: 'resolved', 重开: 'reopened' } as const,
  }
  const head = 'case,activity,at,actor\n'
  await t.bring('events', `${head}L1,登记,2024-05-10 09:00,\nL1,解决,2024-05-12 09:00,甲\n`, { mapping })
  const where = async (agent: string | undefined) => may('resolution_in_time_rate', { agent: agent ?? '' })
  // 48 hours of 24.
  assert.deepEqual(await where(a), [0, 1])
  const later = await t.bring('events', `${head}L1,重开,2024-05-20 09:00,\nL1,解决,2024-05-20 10:00,乙\n`, {
    mapping,
  })
  assert.deepEqual(await where(a), [0, 1])
  assert.deepEqual(await where(b), [1, 1])
  assert.deepEqual(await may('reopen_rate', { agent: a ?? '' }), [0, 1])
  await t.undo(later.batch)
  assert.deepEqual(await where(b), [null, 0])
})
