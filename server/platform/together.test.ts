import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { together } from './together.ts'

/** A clock that moves with every look at it: what was begun and what was asked stand in one order. */
function clock() {
  let at = 0
  return () => ++at
}

test('who asks while it is under way waits for the next, and nobody is given what was begun before they asked', async () => {
  const tick = clock()
  const ask = together<number>()
  let times = 0
  const work = async () => {
    times++
    const begun = tick()
    await wait(5)
    return begun
  }
  const answers: { asked: number; begun: Promise<number> }[] = []
  for (let i = 0; i < 60; i++) {
    answers.push({ asked: tick(), begun: ask('key', work) })
    if (i % 3 === 0) await wait(1)
  }
  for (const { asked, begun } of answers) assert.ok((await begun) > asked)
  // 20 waits of a millisecond and more, work of five: far fewer than were asked for.
  assert.ok(times < 60, `${times} times`)
})

test('all who ask in one turn share one, each key has its own, and nothing is kept', async () => {
  const ask = together<string>()
  let times = 0
  const work = (key: string) => async () => `${key} ${++times}`
  const both = ['a', 'a', 'b', 'a'].map((key) => ask(key, work(key)))
  assert.deepEqual(await Promise.all(both), ['a 1', 'a 1', 'b 2', 'a 1'])
  assert.equal(await ask('a', work('a')), 'a 3')
})

test('a failure is told to all who shared it, and the next is tried anew', async () => {
  const ask = together<string>()
  const failing = () => Promise.reject(new Error('no'))
  const told = await Promise.allSettled([ask('a', failing), ask('a', failing)])
  assert.deepEqual(
    told.map(({ status }) => status),
    ['rejected', 'rejected'],
  )
  const failed = ask('a', async () => {
    await wait(5)
    throw new Error('no')
  })
  await wait(2)
  const next = ask('a', async () => 'yes')
  await assert.rejects(failed)
  assert.equal(await next, 'yes')
})
