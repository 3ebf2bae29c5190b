// An independent checker: every figure recomputed from the lists of records by other code than the kernel's, straight
// from the formulas of the catalogue, and asked through every door that gives it. Random questions, filters and roles.

import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import Papa from 'papaparse'
import type { Figure, Measure } from '../contract/measurement.ts'
import { openTable } from '../server/intake/index.ts'
import { renewCells } from '../server/measurement/index.ts'
import { ofCustomers } from './checker-customers.ts'
import { chance, demo, get, type Login, logins, openDoors, raw } from './checker-doors.ts'
import { formulas, ofEpisodes, ofTheResponse, ownMeasures, quotients, tellable } from './checker-formulas.ts'
import { ofPeople } from './checker-people.ts'
import { moveUnits, organizationOfDemo, plantEdges, send, stageProducts } from './checker-plants.ts'
import { dayOf, localDay, type Row, rowsOf, withStages } from './checker-rows.ts'
import { DAY, ms } from './checker-times.ts'

// More of them by hand: QUESTIONS=10000 node --test test/checker.test.ts
const questions = Number(process.env.QUESTIONS ?? 400)

before(openDoors)
after(() => demo?.end())

/** The tree of each day, made of what the product says of where its units stood. */
async function treeOfDays() {
  const { items: units } = await get<{ items: { id: string; parentId: string | null }[] }>(
    'demo',
    '/api/units',
  )
  const parents = new Map(units.map(({ id, parentId }) => [id, parentId]))
  const places = new Map<string, { parent: { id: string }; fromOn: string | null }[]>()
  for (const { id, parentId } of units)
    if (parentId !== null) {
      const path = `/api/units/${id}/places`
      places.set(
        id,
        (await get<{ items: { parent: { id: string }; fromOn: string | null }[] }>('demo', path)).items,
      )
    }
  const pathOn = (id: string, day: number): string[] => {
    const place = places.get(id)?.find(({ fromOn }) => fromOn === null || fromOn <= dayOf(day))
    const parent = place ? place.parent.id : (parents.get(id) ?? null)
    return parent === null ? [id] : [id, ...pathOn(parent, day)]
  }
  const isTop = (id: string, reach: string[]) =>
    reach.includes(id) && !reach.includes(parents.get(id) ?? 'none')
  return { pathOn, isTop }
}

interface Question {
  login: Login
  measure: Measure
  from: number
  to: number
  by: string | undefined
  across: string | undefined
  where: Record<string, string>
}

type Counted = NonNullable<ReturnType<ReturnType<typeof formulas>[string]>> & { n: number }

/** What stands above the line by what stands below it; none without both, and none where all above lack the field. */
function quotientsOf(shares: Map<string, Counted[]>, { unit }: Measure) {
  const found = new Map<string, { n: number; value: number }>()
  for (const [member, all] of shares) {
    const at = (...places: Counted['stands'][]) => all.filter(({ stands }) => places.includes(stands))
    const [below, above] = [at('below', 'both', 'lacking'), at(undefined, 'both')]
    const sum = (some: number[]) => some.reduce((total, value) => total + value, 0)
    const divisor = sum(below.map(({ stands, value }) => (stands === 'below' ? value : 1)))
    if (divisor === 0 || (above.length === 0 && at('lacking', 'nowhere').length > 0)) continue
    const value = (sum(above.map((one) => one.value)) / divisor) * (unit === '%' ? 100 : 1)
    found.set(member, { n: below.length, value })
  }
  return found
}

function push<One>(found: Map<string, One[]>, member: string, one: One): void {
  const all = found.get(member)
  if (all) all.push(one)
  else found.set(member, [one])
}

/** What is added up and not averaged. */
const totals = ['training_hours', 'own:spent']

test(`${questions} random questions: page's API = CSV = XLSX = list = what other code makes of the records`, {
  timeout: 1_800_000,
}, async (t) => {
  const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
  t.diagnostic(`seed ${seed}`)
  const c = chance(seed)
  await plantEdges(c)
  await moveUnits(c)
  for (const own of ownMeasures) await send('POST', '/api/own-measures', own)
  await renewCells(demo.store.db, await organizationOfDemo(), demo.now)
  const rows = withStages(await rowsOf(), await stageProducts(c))
  const formulaOf = formulas(rows, demo.now.getTime())
  const ofAll = { ...ofCustomers, ...(await ofPeople(demo.now.getTime())) }
  const { items: measures } = await get<{ items: Measure[] }>('demo', '/api/measures')
  const checked = measures.filter(({ code }) => formulaOf[code] ?? ofAll[code])
  const unchecked = measures.filter(({ code }) => !(formulaOf[code] ?? ofAll[code])).map(({ code }) => code)
  // Of these the product keeps no facts yet: they are always incomputable.
  assert.deepEqual(unchecked, [])
  const tree = await treeOfDays()
  const reach = {} as Record<Login, string[]>
  for (const login of logins)
    reach[login] = (await get<{ units: { id: string }[] }>(login, '/api/me')).units.map(({ id }) => id)
  const values = (name: keyof Row) => [...new Set(rows.map((row) => row[name] as string | null))]
  const days = rows.map(
    ({ order, rating, invitation, contact, inspection: one, training, purchase, workingDay, ...other }) =>
      localDay(
        ms(
          order?.receivedAt ??
            rating?.at ??
            invitation?.sentAt ??
            contact?.startedAt ??
            one?.inspectedAt ??
            training?.heldAt ??
            purchase?.orderedAt ??
            workingDay?.workedAt ??
            other.message?.sentAt ??
            other.cost?.incurredAt,
        ),
      ),
  )
  const [first, last] = [Math.min(...days), Math.max(...days)]

  const filters = ['unit', 'agent', 'product', 'category', 'channel', 'priority', 'lifeStage'] as const
  const ask = (): Question => {
    const login = c.pick(logins)
    const from = first + c.below(last - first + 1)
    const where: Record<string, string> = {}
    for (let left = c.pick([0, 0, 1, 1, 2, 3]); left > 0; left--) {
      const name = c.pick(filters)
      const value = name === 'unit' ? c.pick(reach[login]) : c.pick(values(name))
      if (value) where[name] = name === 'category' && c.below(3) === 0 ? `${value}-` : value
    }
    const by = c.pick([undefined, undefined, ...filters])
    const measure = c.pick(checked)
    // Customers and people are split one way alone; products and categories are split together most.
    const across =
      by && !ofAll[measure.code] ? c.pick([...filters.map(() => undefined), ...filters]) : undefined
    const pair = across === by ? { by, across: undefined } : { by, across }
    const both = across !== undefined && c.below(2) === 0 ? { by: 'product', across: 'category' } : pair
    const whole = both.across === undefined || c.below(2) === 0
    return {
      login,
      measure,
      ...(whole ? { from, to: from + c.below(70) } : wholeMonths(from)),
      ...both,
      where,
    }
  }

  /** From the first day of a month to the last of it or the next. */
  const wholeMonths = (day: number) => {
    const date = new Date(day * DAY)
    const start = (months: number) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1) / DAY
    return { from: start(0), to: start(c.pick([1, 2])) - 1 }
  }
  const fits = (row: Row, { where }: Question): boolean =>
    Object.entries(where).every(([name, value]) => {
      // Where a unit stands is a question of the day.
      if (name === 'unit') return true
      if (name !== 'category') return row[name as keyof Row] === value
      if (value.endsWith('-')) return row.category === value.slice(0, -1)
      return row.category === value || row.category?.startsWith(`${value}-`) === true
    })

  /** For whom a record counts on a day: the members of the split, '' where there is none, nobody where it is not asked for. */
  const ownersOn = (row: Row, { login, where, by, across }: Question, day: number): string[] => {
    const seen = (ids: string[]) => ids.filter((id) => reach[login].includes(id))
    const path = tree.pathOn(row.unit, day)
    // Who sees not the whole and names no unit asks for the topmost units they see.
    const top = path.findIndex((id) =>
      where.unit === undefined ? tree.isTop(id, reach[login]) : id === where.unit,
    )
    const byUnit = by === 'unit' || across === 'unit'
    if (!byUnit && top < 0) return []
    const along = (dimension: string | undefined): string[] => {
      if (dimension === undefined) return ['']
      if (dimension === 'unit') return seen(where.unit === undefined ? path : path.slice(0, top + 1))
      const member = row[dimension as keyof Row] as string | null
      return member === null ? [] : [member]
    }
    if (across === undefined) return along(by)
    return along(by).flatMap((one) => along(across).map((other) => `${one} × ${other}`))
  }

  const responseRate = checked.find(({ code }) => code === 'survey_response_rate')!
  const ofAnswers = /^(experience_score|csat_rate|item_score:.*|nps|complaint_satisfaction)$/
  /** Which invitations ask for what a measure counts; undefined where it counts no answers. */
  const invitationsTo = ({ code }: Measure): ((row: Row) => boolean) | undefined => {
    if (!ofAnswers.test(code)) return undefined
    return (row) => code !== 'complaint_satisfaction' || row.category?.split('-')[0] === 'complaint'
  }

  const expected = (
    question: Question,
    counts: (row: Row) => boolean = () => true,
  ): Map<string, { n: number; value: number }> => {
    const { login, measure, from, to } = question
    const shares = new Map<string, Counted[]>()
    const ofAnyDay = new Map<string, Row[]>()
    for (const row of rows) {
      if (row.excluded || !reach[login].includes(row.unit) || !fits(row, question) || !counts(row)) continue
      if (row.part === 'response' && !ofTheResponse.has(measure.code)) continue
      if (row.part === 'work' && ofTheResponse.has(measure.code)) continue
      if (row.part === 'episode' && !ofEpisodes.has(measure.code)) continue
      if (row.purchase)
        for (const owner of ownersOn(row, question, localDay(ms(row.purchase.orderedAt))))
          push(ofAnyDay, owner, row)
      if (row.order?.resolvedAt && row.part !== 'response' && row.part !== 'episode')
        for (const owner of ownersOn(row, question, localDay(ms(row.order.resolvedAt))))
          push(ofAnyDay, owner, row)
      const share = formulaOf[measure.code]?.(row)
      if (!share || localDay(share.at) < from || localDay(share.at) > to) continue
      for (const owner of ownersOn(row, question, localDay(share.at)))
        push(shares, owner, { ...share, n: share.n ?? 1 })
    }
    const whole = ofAll[measure.code]
    if (whole)
      return new Map(
        [...ofAnyDay].flatMap(([member, some]) => {
          const answer = whole(some, { from, to, on: localDay })
          return answer ? [[member, answer] as const] : []
        }),
      )
    if (quotients.includes(measure.code)) return quotientsOf(shares, measure)
    return new Map(
      [...shares].flatMap(([member, all]) => {
        if (tellable.includes(measure.code) && !all.some(({ tells }) => tells)) return []
        const sum = all.reduce((total, { value }) => total + value, 0)
        const n = all.reduce((total, one) => total + one.n, 0)
        const hundred = measure.unit === '%' || measure.code === 'nps' ? 100 : 1
        const total = totals.includes(measure.code) ? sum : (sum / n) * hundred
        return [[member, { n, value: measure.unit === 'count' ? n - sum : total }]]
      }),
    )
  }

  let figures = 0
  let pairs = 0
  let rated = 0
  for (let i = 0; i < questions; i++) {
    const question = ask()
    const { login, measure, by, across, where } = question
    const query = new URLSearchParams({ from: dayOf(question.from), to: dayOf(question.to), ...where })
    if (by) query.set('by', by)
    if (across) query.set('across', across)
    const told = `seed ${seed}, ${i}: ${login} ${measure.code} ${query}`
    const path = `/api/measures/${measure.code}/figures`
    const { rows: answered } = await get<{ rows: Figure[] }>(login, `${path}?${query}`)
    const should = expected(question)
    const asked = invitationsTo(measure)
    const rates = asked ? expected({ ...question, measure: responseRate }, asked) : new Map()
    const keyOf = (row: Figure) =>
      row.across === undefined ? (row.member ?? '') : `${row.member} × ${row.across}`
    const given = new Map(answered.filter(({ n }) => n > 0).map((row) => [keyOf(row), row]))
    if (across) pairs += given.size
    assert.deepEqual([...given.keys()].sort(), [...should.keys()].sort(), told)
    for (const [member, row] of given) {
      const { n, value } = should.get(member)!
      assert.equal(row.n, n, `${told} ${member}: n`)
      assert.ok(
        Math.abs((row.value ?? Number.NaN) - value) < 2e-6,
        `${told} ${member}: ${row.value} is ${value}`,
      )
      figures++
    }
    for (const row of answered) {
      const { responseRate: rate } = row
      const due = rates.get(keyOf(row))
      if (!asked) assert.equal(rate, undefined, `${told} ${keyOf(row)}: response rate`)
      else if (!due) assert.equal(rate, null, `${told} ${keyOf(row)}: response rate`)
      else {
        assert.equal(rate?.sent, due.n, `${told} ${keyOf(row)}: sent`)
        assert.ok(Math.abs((rate?.value ?? Number.NaN) - due.value) < 2e-6, `${told} ${keyOf(row)}: rate`)
        rated++
      }
    }
    const csv = Papa.parse<string[]>((await raw(login, `${path}.csv?${query}`)).body.slice(1).trim()).data
    const book = answered.length === 0 ? [] : await sheetOf(await raw(login, `${path}.xlsx?${query}`))
    assert.equal(csv.length - 1, answered.length, told)
    assert.equal(book.length, answered.length, told)
    answered.forEach((row, at) => {
      const value = row.value === null ? '' : String(row.value)
      const n = across ? 3 : 2
      const rate = row.responseRate
      const beside = rate
        ? [rate.sent, rate.submitted, rate.value].map(String)
        : ['', '', rate === null ? 'unknown' : '']
      // A workbook keeps no blanks at the end of a line.
      const shown = (line: string[] = []) => [0, 4, 11, 12, 13].map((of) => line[n + of] ?? '')
      assert.deepEqual(shown(csv[at + 1]), [String(row.n), value, ...beside], `${told}: CSV`)
      assert.deepEqual(shown(book[at]), [String(row.n), value, ...beside], `${told}: XLSX`)
    })
    if (by || login === 'demo-auditor') continue
    const list = await get<{ total: number }>(login, `/api/measures/${measure.code}/records?${query}&limit=1`)
    assert.equal(list.total, answered[0]?.records ?? 0, `${told}: list`)
  }
  t.diagnostic(
    `${questions} questions, ${figures} figures with records (${pairs} of pairs), ${rated} with a response rate, ${checked.length} measures`,
  )
  assert.ok(pairs > questions / 4, `only ${pairs} pairs rest on records`)
  assert.ok(rated > questions / 20, `only ${rated} response rates rest on invitations`)
  assert.ok(figures - pairs > questions / 2, `only ${figures - pairs} figures rest on records`)
})

async function sheetOf(answer: { rawPayload: Buffer }): Promise<string[][]> {
  const path = join(demo.dataDir, 'figures.xlsx')
  writeFileSync(path, answer.rawPayload)
  const table = await openTable(path, { name: 'figures.xlsx' })
  const rows: string[][] = []
  for await (const some of table.rows())
    for (const { cells } of some)
      rows.push(cells.map((cell) => (cell === null || typeof cell === 'object' ? '' : String(cell))))
  return rows
}
