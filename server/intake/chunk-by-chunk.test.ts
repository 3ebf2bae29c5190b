import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import type { Turn } from '../platform/fact-table.ts'
import { chunkByChunk } from './chunk-by-chunk.ts'

async function* numbers(count: number): AsyncGenerator<number> {
  for (let i = 1; i <= count; i++) yield i
}

/** What happened, in order; the chunk `fails` cannot be written, `looksUp` waits for those before it. */
async function run(
  count: number,
  { fails, looksUp, unread }: { fails?: number; looksUp?: number; unread?: number },
) {
  const said: string[] = []
  const read = (n: number) => {
    if (n === unread) throw new Error(`cannot read ${n}`)
    said.push(`read ${n}`)
    return n
  }
  const learn = async (n: number) => {
    said.push(`learn ${n}`)
  }
  const write = async (n: number, turn: Turn) => {
    if (n === looksUp) {
      await turn.before()
      said.push(`look up ${n}`)
    }
    await turn.take()
    said.push(`write ${n}`)
    await setTimeout(5)
    if (n === fails) throw new Error(`cannot write ${n}`)
    said.push(`wrote ${n}`)
  }
  const error = await chunkByChunk(numbers(count), read, learn, write).then(
    () => null,
    (caught: Error) => caught.message,
  )
  return { said, error }
}

test('a chunk is read while the one before is written, and written when that is in', async () => {
  const { said, error } = await run(3, {})
  assert.equal(error, null)
  assert.deepEqual(said, [
    ...['read 1', 'learn 1', 'read 2', 'learn 2', 'write 1', 'read 3', 'wrote 1'],
    ...['learn 3', 'write 2', 'wrote 2', 'write 3', 'wrote 3'],
  ])
  assert.deepEqual(await run(0, {}), { said: [], error: null })
})

test('what a chunk looks up is looked up when those before it are in', async () => {
  const { said } = await run(4, { looksUp: 3 })
  assert.ok(said.indexOf('look up 3') > said.indexOf('wrote 2'))
  assert.ok(said.includes('wrote 4'))
})

test('behind a chunk that fails none is written, and what was begun has ended', async () => {
  const failed = await run(5, { fails: 2 })
  assert.equal(failed.error, 'cannot write 2')
  assert.ok(!failed.said.includes('write 3'))
  assert.equal((await run(5, { fails: 5 })).error, 'cannot write 5')
  const unread = await run(5, { unread: 4 })
  assert.equal(unread.error, 'cannot read 4')
  assert.ok(unread.said.includes('wrote 2') && !unread.said.includes('write 3'))
})
