import assert from 'node:assert/strict'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { test } from 'node:test'
import fc from 'fast-check'
import { from as copyFrom } from 'pg-copy-streams'
import { testDatabase } from '../../test/database.ts'
import { type CopyColumn, copyBytes } from './copy-bytes.ts'

const columns: CopyColumn[] = [
  { name: 'id', type: 'uuid' },
  { name: 'said', type: 'text' },
  { name: 'at', type: 'instant' },
  { name: 'n', type: 'int' },
  { name: 'shown', type: 'bool' },
  { name: 'in_time', type: 'verdict' },
  { name: 'cost', type: 'numeric' },
]

// PostgreSQL keeps no NUL, and half of a pair of code units is no letter.
const text = fc.string({ unit: 'grapheme', maxLength: 40 }).map((some) => some.replaceAll('\0', ''))
const row = fc.record(
  {
    id: fc.uuid(),
    said: fc.option(
      fc.oneof(
        text,
        text.map((some) => `\\N\t${some}\r\n`.repeat(3000)),
      ),
    ),
    at: fc.option(fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2200, 0, 1) })),
    n: fc.option(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })),
    shown: fc.boolean(),
    in_time: fc.option(fc.boolean()),
    cost: fc.option(fc.integer().map((cents) => (cents / 100).toFixed(2))),
  },
  { noNullPrototype: true },
)

test('rows handed to COPY in its binary form are read back equal', async () => {
  const t = await testDatabase({})
  try {
    await t.db.transaction(await t.whole(), async ({ client }) => {
      await client.query(
        `create temp table kept (id uuid, said text, at timestamptz, n int, shown boolean, in_time boolean, cost text)`,
      )
      await fc.assert(
        fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), async (rows) => {
          await client.query('truncate kept')
          const copying = client.query(copyFrom('copy kept from stdin (format binary)'))
          await pipeline(Readable.from(copyBytes(rows, columns)), copying)
          const { rows: kept } = await client.query(
            `select id, said, (extract(epoch from at) * 1000)::float8 as at, n, shown, in_time, cost from kept`,
          )
          assert.deepEqual(kept, rows)
        }),
        { numRuns: 60 },
      )
    })
  } finally {
    await t.end()
  }
})
