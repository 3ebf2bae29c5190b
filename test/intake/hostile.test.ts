import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { inflateRawSync } from 'node:zlib'
import { openTable } from '../../server/intake/index.ts'
import { bookEntries, bookOf, textRow, zipOf } from '../../server/intake/read/made-by-hand.ts'
import { type Cast, openCast } from '../cast.ts'

let cast: Cast
let base: string
before(async () => {
  cast = await openCast()
  base = await cast.app.listen({ port: 0, host: '127.0.0.1' })
})
after(() => cast.end())

const authorization = () => `Bearer ${cast.tokens.administrator}`

async function post(path: string, body: Buffer | string, type: string) {
  const answer = await fetch(`${base}${path}`, {
    method: 'POST',
    headers: { authorization: authorization(), 'content-type': type, 'accept-language': 'en' },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, string> }
}
async function upload(name: string, bytes: Buffer | string): Promise<string> {
  const path = `/api/imports/files?fileName=${encodeURIComponent(name)}`
  const { status, body } = await post(path, bytes, 'application/octet-stream')
  assert.equal(status, 201, JSON.stringify(body))
  return body.id ?? ''
}
const ask = (id: string, what: 'preview' | 'import') =>
  post(`/api/imports/files/${id}/${what}`, '{"kind":"work-orders"}', 'application/json')

const megabyte = 1024 ** 2
const rows = textRow(1, ['工单编号', '受理时间']) + textRow(2, ['W1', '2024-05-01 08:00'])
const sheet = 'xl/worksheets/sheet1.xml'
// Packs to its own size, so that only the size it claims gives it away.
const noise = randomBytes(3 * megabyte)
const withSheet = (change: object) =>
  zipOf(bookEntries({ rows }).map((entry) => (entry.name === sheet ? { ...entry, ...change } : entry)))

const files: [name: string, bytes: () => Buffer, reason: string][] = [
  ['a zip bomb', () => withSheet({ data: Buffer.alloc(60 * megabyte, 32) }), 'packed_too_tight'],
  [
    'a document type',
    () =>
      bookOf({ parts: { [sheet]: '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet><sheetData/></worksheet>' } }),
    'doctype',
  ],
  ['a sheet of 416 MB', () => withSheet({ data: noise, size: 416 * megabyte }), 'inflates_too_far'],
  [
    'a sheet of 16,384 columns',
    () =>
      bookOf({
        rows: textRow(
          1,
          Array.from({ length: 16_384 }, (_, i) => `c${i}`),
        ),
      }),
    'too_many_columns',
  ],
]

test('files that would harm are refused with the reason within seconds, and the server answers meanwhile', async () => {
  const built = files.map(([name, bytes, reason]) => ({ name, bytes: bytes(), reason }))
  let going = true
  let asked = 0
  const pulse = (async () => {
    while (going) {
      const answer = await fetch(`${base}/healthz`)
      assert.equal(answer.status, 200)
      asked++
      await wait(20)
    }
  })()
  const refusals = Promise.all(
    built.flatMap(({ name, bytes, reason }) =>
      (['preview', 'import'] as const).map(async (what) => {
        const id = await upload('a.xlsx', bytes)
        const started = performance.now()
        const { status, body } = await ask(id, what)
        assert.ok([413, 422].includes(status), `${name}, ${what}: ${status}`)
        assert.deepEqual([body.code, body.reason], ['file_refused', reason], name)
        assert.ok((body.detail ?? '').length > 20, name)
        // Eight threads, two at a time, on whatever machine: seconds, where parsing would take minutes.
        assert.ok(performance.now() - started < 60_000, name)
      }),
    ),
  )
  await refusals.finally(() => {
    going = false
  })
  await pulse
  assert.ok(asked >= 5, `${asked} answers`)
  assert.deepEqual((await cast.call('administrator', 'GET', '/api/imports')).json().items, [])
})

const payloads = [
  '=1+1',
  '=HYPERLINK("http://x.example","y")',
  "=cmd|' /C calc'!A0",
  '+86 138',
  '-2+3',
  '@SUM(1)',
  '\t=1+1',
  ' =1+1',
  '＝1+1',
  '＠x',
  '\u200b=1+1',
  '%0A=1+1',
]

test('texts that look like formulas come out harmless: in the workbook of rejected rows and in CSV', async () => {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`
  const text = `工单编号,受理时间,问题描述,客户信息\n${payloads
    .flatMap((payload, i) => [
      `B${i},soon,${quoted(payload)},${quoted(payload)}`,
      `G${i},2024-05-01 08:00,${quoted(payload)},客户`,
    ])
    .join('\n')}\n`
  const started = await ask(await upload('p.csv', text), 'import')
  assert.equal(started.status, 202, JSON.stringify(started.body))
  const id = started.body.id ?? ''
  for (let i = 0; i < 300; i++) {
    const batch = (await cast.call('administrator', 'GET', `/api/imports/${id}`)).json()
    if (batch.state !== 'running') break
    await wait(100)
  }
  const answer = await fetch(`${base}/api/imports/${id}/errors.xlsx`, {
    headers: { authorization: authorization() },
  })
  const workbook = Buffer.from(await answer.arrayBuffer())
  const parts = partsOf(workbook)
  const xml = parts.get(sheet) ?? ''
  assert.doesNotMatch(xml, /<f[ >/]/, 'no formula')
  assert.doesNotMatch(xml, /\bt="str"/, 'no result of a formula')
  assert.ok(![...parts.keys()].some((name) => /external|vba|embed|hyperlink/i.test(name)))
  const folder = mkdtempSync(join(tmpdir(), 'zhihuan-payload-'))
  const path = join(folder, 'e.xlsx')
  writeFileSync(path, workbook)
  const table = await openTable(path, { name: 'e.xlsx' })
  const problems: unknown[] = []
  for await (const chunk of table.rows())
    problems.push(...chunk.map(({ cells }) => String(cells[2]).replace(/^'/, '').trim()))
  rmSync(folder, { recursive: true })
  assert.deepEqual(
    problems,
    payloads.map((payload) => payload.trim()),
    'and the texts are what they were',
  )
  const csv = await cast.call(
    'administrator',
    'GET',
    '/api/measures/first_response_minutes/records.csv?from=2024-05-01&to=2024-05-31',
  )
  assert.equal(csv.status, 200, csv.body)
  const cells = csv.body.replace(/^\ufeff/, '').split(/\r?\n|,/)
  const bare = (cell: string) => cell.replace(/^"/, '').replace(/^[\s\u200b]+/, '')
  assert.deepEqual(
    cells.filter((cell) => /^[=+@＝＋＠]|^-[^\d]/.test(bare(cell))),
    [],
  )
})

/** The parts of an archive, by its central directory. */
function partsOf(bytes: Buffer): Map<string, string> {
  const parts = new Map<string, string>()
  let at = bytes.indexOf('PK\x01\x02', 0, 'latin1')
  while (at >= 0 && bytes.readUInt32LE(at) === 0x02014b50) {
    const [method, packed] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)]
    const [nameLength, extra, remark] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place))
    const local = bytes.readUInt32LE(at + 42)
    const name = bytes.subarray(at + 46, at + 46 + (nameLength ?? 0)).toString()
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
    const data = bytes.subarray(start, start + packed)
    parts.set(name, (method === 8 ? inflateRawSync(data) : data).toString())
    at += 46 + (nameLength ?? 0) + (extra ?? 0) + (remark ?? 0)
  }
  return parts
}
