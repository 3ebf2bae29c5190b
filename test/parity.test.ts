// One question, five doors: board, list of records, CSV, API and command line give the same figure, for every
// indicator, period and unit of the demo; and each figure's records are named by file and line.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import Papa from 'papaparse'
import {
  dateToDay,
  dayToDate,
  type Grain,
  periodEnd,
  periodLabel,
  periodStart,
} from '../server/platform/time.ts'
import { type Cookies, type DemoApp, openDemoApp } from './demo-app.ts'

const main = fileURLToPath(new URL('../cli/main.ts', import.meta.url))
const grains = ['day', 'week', 'month', 'quarter', 'year'] as const satisfies Grain[]
let demo: DemoApp
let cookie: Cookies

before(async () => {
  demo = await openDemoApp()
  cookie = await demo.signIn()
})
after(() => demo?.end())

interface Figure {
  period: string
  member: string | null
  n: number
  value: number | null
  records: number
  state: string
  interval: [number, number] | null
  responseRate?: Rate | null
  response_rate?: Rate | null
}
/** Of surveys sent. */
interface Rate {
  sent: number
  submitted: number
  value: number
}
interface Scored {
  code: string
  measure: string
  n: number
  value: number | null
  records: number
  state: string
  score: number | null
  responseRate?: Rate | null
}
interface Card {
  total: number | null
  indicators: Scored[]
}
interface Records {
  total: number
  items: { externalId: string; fileName: string | null; line: number | null }[]
  next: string | null
}
interface Explained {
  value: number | null
  responseRate?: Rate | null
  included: { n: number; records: Records['items'] }
}
interface Span {
  grain: Grain
  label: string
  from: string
  to: string
}

async function body(path: string): Promise<string> {
  const answer = await demo.app.inject({ method: 'GET', url: path, cookies: cookie })
  assert.equal(answer.statusCode, 200, `${path}: ${answer.body}`)
  return answer.body
}
const get = async <T>(path: string): Promise<T> => JSON.parse(await body(path)) as T

async function cli<T>(...args: string[]): Promise<T> {
  const env: Record<string, string | undefined> = { ...process.env, ZHIHUAN_DATA: demo.dataDir }
  delete env.NODE_TEST_CONTEXT
  delete env.DATABASE_URL
  const child = spawn(process.execPath, [main, ...args, '--json'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let err = ''
  child.stdout.on('data', (piece) => {
    out += piece
  })
  child.stderr.on('data', (piece) => {
    err += piece
  })
  const code = await new Promise((done) => child.on('close', done))
  assert.equal(code, 0, `${args.join(' ')}: ${err}`)
  return JSON.parse(out) as T
}

/** Every week, month, quarter and year of the demo; of the days the first ten and the last ten. */
async function periodsOfDemo(): Promise<Span[]> {
  const known = await get<{ from: string; to: string; today: string }>('/api/periods')
  const first = dateToDay(known.from)
  const last = Math.max(dateToDay(known.to), dateToDay(known.today))
  const spans: Span[] = []
  for (const grain of grains)
    for (let day = periodStart(grain, first); day <= last; day = periodEnd(grain, day)) {
      if (grain === 'day' && day > first + 10 && day < last - 10) continue
      const end = periodEnd(grain, day)
      spans.push({ grain, label: periodLabel(grain, day), from: dayToDate(day), to: dayToDate(end - 1) })
    }
  return spans
}

test('every indicator, period and unit: board = list = CSV = API = command line', {
  timeout: 600_000,
}, async (t) => {
  const spans = await periodsOfDemo()
  const units = (await get<{ items: { id: string; name: string; parentId: string | null }[] }>('/api/units'))
    .items
  const places = [{ id: '', name: '' }, ...units.filter(({ parentId }) => parentId !== null)]
  const codes = (
    await get<Card>(`/api/scorecard?period=${spans.find(({ grain }) => grain === 'month')?.label}`)
  ).indicators.map(({ measure }) => measure)
  assert.ok(
    codes.length >= 4 && places.length >= 6 && spans.length > 40,
    `${codes.length} ${places.length} ${spans.length}`,
  )

  const fromCli = new Map<string, Figure>()
  const first = spans.find(({ grain }) => grain === 'year')?.from ?? ''
  const last = spans.filter(({ grain }) => grain === 'year').at(-1)?.to ?? ''
  for (const code of codes)
    for (const grain of grains) {
      const weeks = [periodStart('week', dateToDay(first)), periodEnd('week', dateToDay(last)) - 1]
      const [from = first, to = last] = grain === 'week' ? weeks.map(dayToDate) : []
      const asked = ['measure', code, '--from', from, '--to', to, '--grain', grain]
      const told = await cli<{ rows: Figure[] }>(...asked)
      for (const row of told.rows) fromCli.set(`${code} ${row.period} `, row)
      // All units in one run.
      const split = await cli<{ rows: (Figure & { member_id: string })[] }>(...asked, '--by', 'unit')
      for (const row of split.rows) fromCli.set(`${code} ${row.period} ${row.member_id}`, row)
    }

  let compared = 0
  let counted = 0
  let rated = 0
  for (const span of spans)
    for (const place of places) {
      const unit = place.id === '' ? '' : `&unit=${place.id}`
      const card = await get<Card>(`/api/scorecard?period=${span.label}${unit}`)
      for (const one of card.indicators) {
        const where = `from=${span.from}&to=${span.to}${unit}`
        const what = `${one.code} ${span.label} ${place.name}`
        const [figure] = (await get<{ rows: Figure[] }>(`/api/measures/${one.measure}/figures?${where}`)).rows
        assert.deepEqual(
          [figure?.value, figure?.n, figure?.records, figure?.responseRate],
          [one.value, one.n, one.records, one.responseRate],
          `${what}: API and board`,
        )
        const list = await get<Records>(`/api/measures/${one.measure}/records?${where}&limit=1`)
        assert.equal(list.total, one.records, `${what}: list and board`)
        const csv = Papa.parse<string[]>(
          (await body(`/api/measures/${one.measure}/figures.csv?${where}`)).slice(1).trim(),
        ).data[1]
        assert.deepEqual(
          [csv?.[2], csv?.[6], csv?.slice(13)],
          [String(one.n), one.value === null ? '' : String(one.value), asInFile(one.responseRate)],
          `${what}: CSV and board`,
        )
        const rows = Papa.parse<string[]>(
          (await body(`/api/measures/${one.measure}/records.csv?${where}`)).slice(1).trim(),
        ).data
        assert.equal(rows.length - 1, one.records, `${what}: records in the CSV and board`)
        for (const row of rows.slice(1))
          assert.ok(row[8] && Number(row[9]) > 1, `${what}: ${row[1]} does not say its file and line`)
        if (span.grain === 'month') {
          const told = await get<Explained>(
            `/api/measures/${one.measure}/explanation?period=${span.label}${unit}`,
          )
          assert.deepEqual(
            [told.value, told.included.n, told.responseRate],
            [one.value, one.records, one.responseRate],
            `${what}: explanation`,
          )
          const lines = new Set(rows.map((row) => `${row[1]} ${row[8]} ${row[9]}`))
          for (const { externalId, fileName, line } of told.included.records)
            assert.ok(
              lines.has(`${externalId} ${fileName} ${line}`),
              `${what}: ${externalId} in the explanation`,
            )
        }
        const told = fromCli.get(`${one.measure} ${span.label} ${place.id}`)
        if (told)
          assert.deepEqual(
            [told.value, told.n, told.interval, told.response_rate],
            [one.value, one.n, figure?.interval, one.responseRate],
            `${what}: command line and board`,
          )
        else assert.equal(one.n, 0, `${what}: the command line does not know it`)
        compared++
        if (one.n > 0) counted++
        if (one.responseRate) rated++
      }
    }
  t.diagnostic(`${compared} figures compared, ${counted} of them with records, ${rated} with a response rate`)
  assert.ok(counted > 300, `only ${counted} figures have records`)
  assert.ok(rated > 50, `only ${rated} figures have a response rate`)
})

/** Sent, submitted and the rate: blank where a figure has none, `unknown` where nobody was asked. */
const asInFile = (rate: Rate | null | undefined): string[] =>
  rate ? [rate.sent, rate.submitted, rate.value].map(String) : ['', '', rate === null ? 'unknown' : '']
