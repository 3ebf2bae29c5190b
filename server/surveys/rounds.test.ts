import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { zone } from '../platform/time.ts'
import { type Answer, askedOf, type Sent } from './rounds.ts'

const shanghai = zone('Asia/Shanghai')
const at = (local: string) => Date.parse(`2024-05-${local}+08:00`)
const sent = (id: string, round: number, sentAt: string, rest: Partial<Sent> = {}): Sent => ({
  id,
  externalId: id,
  round,
  sentAt: at(sentAt),
  givenAt: null,
  excluded: false,
  ...rest,
})
const answer = (submittedAt: string, invitation: string | null = null): Answer => ({
  invitation,
  submittedAt: at(submittedAt),
})
const asked = (invitations: Sent[], ...answers: Answer[]) =>
  Object.fromEntries(
    [...askedOf(invitations, answers, shanghai)].map(([id, { submittedAt, reminder }]) => [
      id,
      reminder ? 'reminder' : submittedAt,
    ]),
  )

test('the first answer stands, whichever came last; one at the very moment of sending counts', () => {
  const one = sent('a', 1, '10T09:00:00')
  assert.deepEqual(asked([one]), { a: null })
  assert.deepEqual(asked([one], answer('12T08:00:00'), answer('11T08:00:00'), answer('13T08:00:00')), {
    a: at('11T08:00:00'),
  })
  assert.deepEqual(asked([one], answer('10T09:00:00')), { a: at('10T09:00:00') })
})

test('what was submitted before anything was sent answers nothing, unless it knows no more than the same day', () => {
  const one = sent('a', 1, '10T09:00:00')
  assert.deepEqual(asked([one], answer('10T08:59:59.999')), { a: null })
  assert.deepEqual(asked([one], answer('10T00:00:00')), { a: at('10T00:00:00') })
  assert.deepEqual(asked([one], answer('09T00:00:00')), { a: null })
  // Who names the invitation has seen it, whatever the clocks say.
  assert.deepEqual(asked([one], answer('10T08:00:00', 'a')), { a: at('10T08:00:00') })
  // What the source of the invitation says is held to the same.
  assert.deepEqual(asked([{ ...one, givenAt: at('10T08:00:00') }]), { a: null })
  assert.deepEqual(asked([{ ...one, givenAt: at('10T10:00:00') }], answer('11T08:00:00')), {
    a: at('10T10:00:00'),
  })
})

test('sent again in the same round it reminds; an answer to the reminder answers the round', () => {
  const both = [sent('b', 1, '11T09:00:00'), sent('a', 1, '10T09:00:00')]
  assert.deepEqual(asked(both), { a: null, b: 'reminder' })
  assert.deepEqual(asked(both, answer('12T08:00:00', 'b')), { a: at('12T08:00:00'), b: 'reminder' })
  assert.deepEqual(asked([{ ...both[0]!, givenAt: at('12T08:00:00') }, both[1]!]), {
    a: at('12T08:00:00'),
    b: 'reminder',
  })
  // Two at one moment: one of them, always the same.
  assert.deepEqual(asked([sent('y', 1, '10T09:00:00'), sent('x', 1, '10T09:00:00')]), {
    x: null,
    y: 'reminder',
  })
})

test('the second round is answered for itself: by number, else the latest sent by then', () => {
  const rounds = [sent('a', 1, '10T09:00:00'), sent('b', 2, '15T09:00:00')]
  assert.deepEqual(asked(rounds, answer('12T08:00:00')), { a: at('12T08:00:00'), b: null })
  assert.deepEqual(asked(rounds, answer('16T08:00:00')), { a: null, b: at('16T08:00:00') })
  assert.deepEqual(asked(rounds, answer('16T08:00:00', 'a')), { a: at('16T08:00:00'), b: null })
  assert.deepEqual(asked(rounds, answer('12T08:00:00'), answer('16T08:00:00')), {
    a: at('12T08:00:00'),
    b: at('16T08:00:00'),
  })
})

test('one that does not count neither takes an answer nor makes a reminder of another', () => {
  const pair = [sent('a', 1, '10T09:00:00', { excluded: true }), sent('b', 1, '11T09:00:00')]
  assert.deepEqual(asked(pair, answer('12T08:00:00')), { a: null, b: at('12T08:00:00') })
})

test('whatever order invitations and answers come in, the same is found of them', () => {
  const instant = fc.integer({ min: 0, max: 40 }).map((hours) => at('10T00:00:00') + hours * 3_600_000)
  const invitations = fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      round: fc.constantFrom(1, 2),
      sentAt: instant,
      givenAt: fc.option(instant),
      excluded: fc.boolean(),
    }),
    { selector: ({ id }) => id },
  )
  const answers = fc.array(
    fc.record({ invitation: fc.option(fc.constantFrom('a', 'b', 'x')), submittedAt: instant }),
  )
  fc.assert(
    fc.property(invitations, answers, (some, given) => {
      const all = some.map((one) => ({ ...one, externalId: one.id }))
      const found = asked(all, ...given)
      assert.deepEqual(asked(all.toReversed(), ...given.toReversed()), found)
      // At most one invitation of a round counts.
      const counting = all.filter(({ id, excluded }) => !excluded && found[id] !== 'reminder')
      assert.equal(new Set(counting.map(({ round }) => round)).size, counting.length)
    }),
  )
})
