import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { testDatabase } from '../../test/database.ts'
import type { Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'
import type { RatingFact } from '../surveys/rating-fact.ts'
import { openSink } from './sink.ts'
import { rating as blank } from './testing/facts.ts'

const now = new Date('2024-08-01T00:00:00Z')
const [east, west] = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002']

const rating = fc
  .record({
    unitId: fc.constantFrom(east, west),
    agentId: fc.constantFrom('张三', '李四', null),
    category: fc.constantFrom('repair', null),
    subcategory: fc.constantFrom('屏幕', null),
    at: fc.integer({ min: Date.UTC(2024, 2, 1), max: Date.UTC(2024, 5, 30) }),
    overall: fc.constantFrom('4.5', '1', null),
    recommend: fc.constantFrom(10, 3, null),
  })
  .map(
    (some): RatingFact => ({
      ...blank,
      ...some,
      productId: some.category === null ? null : '打印机',
    }),
  )

const cellsOf = (tx: Tx) =>
  tx.rows(sql`
    select slice, month_on, member, unit_id, encode(total, 'hex') as total, encode(days, 'hex') as days
    from measurement.cell where organization_id = ${tx.organizationId} order by slice, month_on, member`)

test('amounts put aside on the way or kept to the end, upon stored cells or none, give the same cells', async () => {
  const t = await testDatabase({})
  try {
    await t.db.transaction({ organizationId: t.organizationId, unitIds: [t.rootUnitId, east, west] }, (tx) =>
      tx.run(sql`
        insert into directory.unit (organization_id, id, parent_id, kind, name, created_at)
        select ${t.organizationId}::uuid, id, ${t.rootUnitId}::uuid, 'team', id::text, ${now}
        from unnest(${[east, west]}::uuid[]) as new (id)`),
    )
    const scope = await t.whole()
    /** The cells after some files, in chunks of three facts; every second one of a later file replaces one of the first. */
    const imported = (files: RatingFact[][], most: number | undefined) =>
      t.db.transaction(scope, async (tx) => {
        await tx.run(sql`delete from measurement.cell where organization_id = ${tx.organizationId}`)
        for (const [file, facts] of files.entries()) {
          const sink = await openSink(tx, now, most)
          for (const [i, after] of facts.entries()) {
            const before = (file > 0 && i % 2 === 1 && files[0]?.[i]) || null
            sink.add({ kind: 'response', id: String(i), before, after })
            if (i % 3 === 2) await sink.settle(tx)
          }
          await sink.flush(tx)
        }
        return cellsOf(tx)
      })
    const file = fc.array(rating, { minLength: 1, maxLength: 30 })
    // Ratings without a score make no cells; hardly any file holds such alone.
    let withCells = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(file, { minLength: 1, maxLength: 2 }),
        fc.integer({ min: 1, max: 40 }),
        async (files, most) => {
          const whole = await imported(files, undefined)
          assert.deepEqual(await imported(files, most), whole)
          if (whole.length > 0) withCells++
        },
      ),
      { numRuns: 60 },
    )
    assert.ok(withCells > 30, `only ${withCells} of 60 made cells`)
  } finally {
    await t.end()
  }
})

test('a table of cells that was counted while it held nothing is not read through for each new cell', async () => {
  const t = await testDatabase({})
  try {
    await t.owner.query('analyze measurement.cell')
    await t.db.transaction(await t.whole(), async (tx) => {
      const sink = await openSink(tx, now, 1000)
      for (let i = 0; i < 3000; i++) {
        const after: RatingFact = {
          ...blank,
          unitId: t.rootUnitId,
          agentId: `A${i}`,
          at: now.getTime(),
          overall: '4',
        }
        sink.add({ kind: 'response', id: String(i), before: null, after })
        await sink.settle(tx)
      }
      await sink.flush(tx)
      const scanned = await tx.one<{ times: number }>(sql`
        select seq_scan as times from pg_stat_xact_user_tables where relid = 'measurement.cell'::regclass`)
      assert.ok(scanned && scanned.times < 100, `${scanned?.times} readings of all cells to write 3000`)
    })
  } finally {
    await t.end()
  }
})
