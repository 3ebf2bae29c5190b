import assert from 'node:assert/strict'
import { after, afterEach, before, test } from 'node:test'
import { createWorkOrder, editWorkOrder } from '../cases/work-orders.ts'
import { changeUnit } from '../directory/change-units.ts'
import { createPerson, createUnit, handSource } from '../directory/index.ts'
import { ordersByNumber } from '../intake/answered-orders.ts'
import { type Importing, importedAt, openImporting } from '../intake/testing/importing.ts'
import type { Scope } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { Refusal } from '../platform/refusal.ts'
import { dateToDay } from '../platform/time.ts'
import { explain } from './explain.ts'
import { figures } from './figures.ts'
import type { Dimension, Where } from './question.ts'
import { records } from './records.ts'
import { firstRecordOn } from './units.ts'

let t: Importing
let n = 0
/** Two teams of their own with a person each. */
let place: { teamA: string; teamB: string; a: string; b: string; nameA: string; nameB: string }

before(async () => {
  t = await openImporting()
})
afterEach(async () => assert.deepEqual(await t.differences(), []))
after(() => t.end())

async function fresh(): Promise<void> {
  n++
  const [nameA, nameB] = [`甲${n}`, `乙${n}`]
  const [teamA = '', teamB = ''] = await t.db.transaction(await t.whole(), async (tx) => [
    (await createUnit(tx, { name: `组${nameA}`, kind: 'team' }, importedAt)).id,
    (await createUnit(tx, { name: `组${nameB}`, kind: 'team' }, importedAt)).id,
  ])
  const [a = '', b = ''] = await t.db.transaction(await t.whole(), async (tx) => [
    await createPerson(tx, { name: nameA, unitId: teamA, fromOn: '2024-01-01' }, importedAt),
    await createPerson(tx, { name: nameB, unitId: teamB, fromOn: '2024-01-01' }, importedAt),
  ])
  place = { teamA, teamB, a, b, nameA, nameB }
}

const may = { fromDay: dateToDay('2024-05-01'), toDay: dateToDay('2024-06-01'), grain: 'whole' } as const
const team = (...unitIds: string[]): Scope => ({ organizationId: t.organizationId, unitIds })

/** Value and n of a figure of May; that of the list behind it must be the same. */
async function may24(code: string, where: Where, scope?: Scope): Promise<[number | null, number]> {
  assert.deepEqual(await t.differences(), [])
  return t.db.transaction(
    scope ?? (await t.whole()),
    async (tx) => {
      const question = { ...may, where }
      const [row] = await figures(tx, code, question, { now: importedAt })
      const list = await records(tx, code, question, { limit: 100 })
      assert.equal(list.total, row?.records ?? 0)
      return [row?.value ?? null, row?.n ?? 0]
    },
    { readOnly: true },
  )
}

async function by(code: string, dimension: Dimension): Promise<Record<string, number | null>> {
  const rows = await t.db.transaction(
    await t.whole(),
    (tx) => figures(tx, code, { ...may, by: dimension, where: {} }, { now: importedAt }),
    { readOnly: true },
  )
  return Object.fromEntries(rows.map(({ member, value }) => [member, value]))
}

const at = (local: string) => `${local.replace(' ', 'T')}:00+08:00`
async function enter(values: Record<string, string | number | null>): Promise<string> {
  return t.db.transaction(await t.whole(), async (tx) => {
    const context = { now: importedAt, sourceId: await handSource(tx, importedAt), homeUnitId: t.rootUnitId }
    return (await createWorkOrder(tx, t.secrets, values, context)).id
  })
}
async function edit(id: string, values: Record<string, string | number | null>, scope?: Scope) {
  return t.db.transaction(scope ?? (await t.whole()), async (tx) => {
    const { rows } = await tx.client.query('select version from cases.work_order where id = $1', [id])
    return editWorkOrder(tx, t.secrets, id, Number(rows[0]?.version), values, importedAt)
  })
}

test('handed on after its response, an order counts there for who responded and in the rest for who solved it', async () => {
  await fresh()
  const { teamA, teamB, a, b } = place
  const id = await enter({
    receivedAt: at('2024-05-10 09:00'),
    respondedAt: at('2024-05-10 09:20'),
    unitId: teamA,
    agentId: a,
    priority: 'urgent',
  })
  const order = await edit(id, { unitId: teamB, agentId: b })
  assert.deepEqual([order.responder?.id, order.responderUnit?.id], [a, teamA])
  await edit(id, { resolvedAt: at('2024-05-10 14:00') })
  // Responded after 20 minutes by team A, solved after 5 hours by team B; the whole counts it once.
  for (const scope of [undefined, team(teamA, teamB)]) {
    assert.deepEqual(await may24('first_response_minutes', { unit: teamA }, scope), [20, 1])
    assert.deepEqual(await may24('first_response_minutes', { unit: teamB }, scope), [null, 0])
    assert.deepEqual(await may24('resolution_hours', { unit: teamA }, scope), [null, 0])
    assert.deepEqual(await may24('resolution_hours', { unit: teamB }, scope), [5, 1])
    assert.deepEqual(await may24('first_response_minutes', { agent: a }, scope), [20, 1])
    assert.deepEqual(await may24('resolution_hours', { agent: b }, scope), [5, 1])
    // Not in the cells: read from the facts.
    assert.deepEqual(await may24('first_response_minutes', { agent: a, priority: 'urgent' }, scope), [20, 1])
    assert.deepEqual(await may24('first_response_minutes', { agent: b, priority: 'urgent' }, scope), [
      null,
      0,
    ])
  }
  assert.equal((await by('first_response_minutes', 'unit'))[teamA], 20)
  assert.equal((await by('first_response_minutes', 'agent'))[a], 20)
  assert.equal((await by('resolution_hours', 'agent'))[b], 5)
  assert.equal((await by('resolution_hours', 'agent'))[a], null)
  const told = await t.db.transaction(await t.whole(), (tx) =>
    explain(tx, 'first_response_minutes', { period: '2024-05', where: { unit: teamA } }, { now: importedAt }),
  )
  assert.deepEqual([told.value, told.included.n, told.included.records[0]?.agent], [20, 1, place.nameA])
})

test('the team that responded sees the order behind its figure and cannot change it, by hand or by a file', async () => {
  await fresh()
  const { teamA, teamB, a, b } = place
  const id = await enter({
    externalId: `H${n}`,
    receivedAt: at('2024-05-10 09:00'),
    respondedAt: at('2024-05-10 09:20'),
    unitId: teamA,
    agentId: a,
  })
  await edit(id, { unitId: teamB, agentId: b })
  assert.deepEqual(await may24('first_response_minutes', {}, team(teamA)), [20, 1])
  assert.deepEqual(await may24('resolution_rate', {}, team(teamA)), [null, 0])
  await assert.rejects(edit(id, { agentId: a }, team(teamA)), (error) => {
    assert.ok(error instanceof Refusal)
    return error.code === 'not_found'
  })
  const done = await t.bring('work-orders', `工单编号,受理时间\nH${n},2024-05-11 09:00\n`, {
    scope: team(teamA),
    sourceName: 'hand',
  })
  assert.equal(done.updated, 0)
  // A stranger sees nothing.
  const third = await t.db.transaction(await t.whole(), (tx) =>
    createUnit(tx, { name: `丙${n}`, kind: 'team' }, importedAt),
  )
  assert.deepEqual(await may24('first_response_minutes', {}, team(third.id)), [null, 0])
})

test('an order that a team may only read takes no answer of theirs out of their units', async () => {
  await fresh()
  const { teamA, teamB, a, b } = place
  const id = await enter({
    receivedAt: at('2024-05-10 09:00'),
    respondedAt: at('2024-05-10 09:30'),
    resolvedAt: at('2024-05-10 12:00'),
    unitId: teamB,
    agentId: b,
    responderId: a,
  })
  const [order] = await t.rows<{ external_id: string }>(
    'select external_id from cases.work_order where id = $1',
    [id],
  )
  const number = order!.external_id
  const asked = (scope: Scope) => t.db.transaction(scope, (tx) => ordersByNumber(tx, [number]))
  assert.equal((await asked(team(teamA))).size, 0)
  assert.equal((await asked(team(teamB))).get(number)?.id, id)
})

test('another agent of a solved order is a correction: the response moves too; a named responder stays', async () => {
  await fresh()
  const { teamA, teamB, a, b } = place
  const times = {
    receivedAt: at('2024-05-10 09:00'),
    respondedAt: at('2024-05-10 09:20'),
    resolvedAt: at('2024-05-10 14:00'),
  }
  const id = await enter({ ...times, unitId: teamA, agentId: a })
  await edit(id, { unitId: teamB, agentId: b })
  assert.deepEqual(await may24('first_response_minutes', { unit: teamB }), [20, 1])
  await edit(id, { responderId: a })
  assert.deepEqual(await may24('first_response_minutes', { unit: teamA }), [20, 1])
  await edit(id, { responderId: null })
  assert.deepEqual(await may24('first_response_minutes', { unit: teamB }), [20, 1])
  // An order nobody had is taken, not handed on.
  const open = await enter({ receivedAt: times.receivedAt, respondedAt: times.respondedAt, unitId: teamA })
  assert.equal((await edit(open, { agentId: a })).responder, null)
  assert.deepEqual(await may24('first_response_minutes', { agent: a }), [20, 1])
})

test('a log counts the response for who responded and the rest for who resolved', async () => {
  await fresh()
  const { teamA, teamB, a, b, nameA, nameB } = place
  const mapping = {
    columns: { case: 'case', activity: 'activity', at: 'at', actor: 'actor' },
    activities: { 回复: 'responded', 解决: 'resolved' } as const,
  }
  const log = [
    'case,activity,at,actor',
    `L${n},登记,2024-05-10 09:00,`,
    `L${n},回复,2024-05-10 09:30,${nameA}`,
    `L${n},解决,2024-05-10 12:00,${nameB}`,
  ]
  await t.bring('events', log.slice(0, 3).join('\n'), { mapping })
  assert.deepEqual(await may24('first_response_minutes', { unit: teamA, agent: a }), [30, 1])
  const later = await t.bring('events', [log[0], log[3]].join('\n'), { mapping })
  assert.deepEqual(await may24('first_response_minutes', { unit: teamA, agent: a }), [30, 1])
  assert.deepEqual(await may24('resolution_hours', { unit: teamB, agent: b }), [3, 1])
  assert.deepEqual(await may24('first_response_minutes', { unit: teamB }), [null, 0])
  await t.undo(later.batch)
  assert.deepEqual(await may24('resolution_hours', { unit: teamB }), [null, 0])
  assert.deepEqual(await may24('first_response_minutes', { unit: teamA }), [30, 1])
})

test('an agent moved between response and solution leaves the response with the team of then', async () => {
  await fresh()
  const { teamA, teamB, a, nameA } = place
  await t.rows('update directory.posting set to_on = $2 where person_id = $1', [a, '2024-05-11'])
  await t.rows(
    `insert into directory.posting (organization_id, id, person_id, unit_id, from_on)
     select organization_id, $2, id, $3, '2024-05-11' from directory.person where id = $1`,
    [a, newId(), teamB],
  )
  await t.rows('update directory.person set unit_id = $2 where id = $1', [a, teamB])
  const head = '工单编号,受理时间,首次响应时间,解决时间,处理人\n'
  // Known at once, and known first while it was open.
  await t.bring('work-orders', `${head}M${n},2024-05-10 09:00,2024-05-10 09:40,2024-05-12 09:00,${nameA}\n`)
  await t.bring('work-orders', `${head}N${n},2024-05-10 09:00,2024-05-10 09:20,,${nameA}\n`)
  await t.bring('work-orders', `${head}N${n},2024-05-10 09:00,2024-05-10 09:20,2024-05-12 09:00,${nameA}\n`)
  assert.deepEqual(await may24('first_response_minutes', { unit: teamA }), [30, 2])
  assert.deepEqual(await may24('first_response_minutes', { unit: teamB }), [null, 0])
  assert.deepEqual(await may24('resolution_hours', { unit: teamB }), [48, 2])
  assert.deepEqual(await may24('first_response_minutes', { agent: a }), [30, 2])
})

test('a file names who responded; a later file of the present agent alone does not move the response', async () => {
  await fresh()
  const { a, b, teamA, teamB, nameA, nameB } = place
  await t.bring(
    'work-orders',
    `工单编号,受理时间,首次响应时间,处理人,响应人\nR${n},2024-05-10 09:00,2024-05-10 09:40,${nameB},${nameA}\nQ${n},2024-05-10 09:00,2024-05-10 09:20,${nameA},\n`,
  )
  await t.bring(
    'work-orders',
    `工单编号,解决时间,处理人\nR${n},2024-05-10 11:00,${nameB}\nQ${n},2024-05-10 11:00,${nameB}\n`,
  )
  assert.deepEqual(await may24('first_response_minutes', { unit: teamA, agent: a }), [30, 2])
  assert.deepEqual(await may24('resolution_hours', { unit: teamB, agent: b }), [2, 2])
})

test('a unit that is renamed keeps its figures', async () => {
  await fresh()
  const { teamA, a } = place
  await enter({
    receivedAt: at('2024-05-10 09:00'),
    respondedAt: at('2024-05-10 09:20'),
    unitId: teamA,
    agentId: a,
  })
  await t.db.transaction(await t.whole(), (tx) =>
    changeUnit(tx, teamA, { name: `新${n}` }, { id: null, name: '', now: importedAt, firstRecordOn }),
  )
  assert.deepEqual(await may24('first_response_minutes', { unit: teamA }), [20, 1])
})
