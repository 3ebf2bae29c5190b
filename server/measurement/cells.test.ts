import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../test/database.ts'
import { sql } from '../platform/sql.ts'
import { type Amounts, addShare } from './amounts.ts'
import { packDays, packTotal, settled, unpackTotal } from './cell.ts'
import { differingCells, writeCells } from './cells.ts'
import { bucketValue } from './sketch.ts'
import { sketched } from './tallies.ts'

test('a month in which every duration lies anywhere between a second and a year is kept whole', async () => {
  const t = await testDatabase({})
  try {
    const amounts: Amounts = []
    for (const [tally, withSketch] of sketched.entries())
      for (let bucket = 180; withSketch && bucket < 620; bucket++)
        for (let n = 0; n < 100; n++) addShare(amounts, tally, Math.floor(bucketValue(bucket)), 1, 0, 1)
    const cell = {
      slice: 'whole',
      monthOn: '2024-05-01',
      member: '',
      total: packTotal(amounts),
      days: packDays(new Map([[0, amounts]])),
    }
    // Wider than a page of the database.
    assert.ok(cell.total.length > 8192, `${cell.total.length} bytes`)
    await t.db.transaction(await t.whole(), async (tx) => {
      await writeCells(tx, [cell], t.rootUnitId)
      assert.deepEqual(await differingCells(tx, [cell]), [])
      const stored = await tx.one<{ total: Buffer }>(
        sql`select total from measurement.cell where organization_id = ${tx.organizationId}`,
      )
      const read = unpackTotal(stored?.total ?? Buffer.alloc(0))
      for (const [tally, one] of amounts.entries())
        if (one) assert.deepEqual(settled(read[tally]!).sketch, one.sketch)
    })
  } finally {
    await t.end()
  }
})
