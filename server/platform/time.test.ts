import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DAY_MS, dateToDay, isoInZone, zone } from './time.ts'

const local = (text: string) => Date.parse(`${text}Z`)
const iso = (ms: number) => new Date(ms).toISOString()

test('wall clocks of Shanghai, with the summer time of 1986 to 1991', () => {
  const shanghai = zone('Asia/Shanghai')
  assert.equal(iso(shanghai.toInstantMs(local('2024-10-01T14:30:00'))), '2024-10-01T06:30:00.000Z')
  assert.equal(iso(shanghai.toInstantMs(local('1988-07-01T12:00:00'))), '1988-07-01T03:00:00.000Z')
  assert.equal(shanghai.offsetMs(local('1992-07-01T00:00:00')), 8 * 3_600_000)
  assert.equal(shanghai.localDay(local('2024-10-01T15:59:59.999')), dateToDay('2024-10-01'))
  assert.equal(shanghai.localDay(local('2024-10-01T16:00:00')), dateToDay('2024-10-02'))
  assert.equal(iso(shanghai.dayStartMs(dateToDay('2024-10-01'))), '2024-09-30T16:00:00.000Z')
})

test('clocks that go forward skip an hour, clocks that go back repeat one', () => {
  const newYork = zone('America/New_York')
  const skipped = local('2024-03-10T02:30:00')
  assert.equal(newYork.localKind(skipped), 'never')
  assert.equal(iso(newYork.toInstantMs(skipped)), '2024-03-10T07:30:00.000Z')
  assert.equal(newYork.localKind(local('2024-03-10T01:59:59')), 'once')
  assert.equal(newYork.localKind(local('2024-03-10T03:00:00')), 'once')
  const repeated = local('2024-11-03T01:30:00')
  assert.equal(newYork.localKind(repeated), 'twice')
  assert.equal(iso(newYork.toInstantMs(repeated)), '2024-11-03T05:30:00.000Z')
  assert.equal(newYork.localKind(local('2024-11-03T02:00:00')), 'once')
  assert.equal(newYork.localKind(local('2024-11-03T00:59:59')), 'once')
})

test('a day that starts at one o’clock, and a day that never was', () => {
  const saoPaulo = zone('America/Sao_Paulo')
  assert.equal(iso(saoPaulo.dayStartMs(dateToDay('2018-11-04'))), '2018-11-04T03:00:00.000Z')
  const apia = zone('Pacific/Apia')
  assert.equal(apia.localKind(local('2011-12-30T12:00:00')), 'never')
  assert.equal(iso(apia.toInstantMs(local('2011-12-31T00:30:00'))), '2011-12-30T10:30:00.000Z')
  assert.equal(iso(apia.toInstantMs(local('2011-12-29T23:30:00'))), '2011-12-30T09:30:00.000Z')
})

test('an instant is written with the offset of its place', () => {
  assert.equal(isoInZone(local('2026-02-25T10:00:00'), zone('Asia/Shanghai')), '2026-02-25T18:00:00+08:00')
  assert.equal(isoInZone(local('2024-01-15T03:00:00'), zone('America/New_York')), '2024-01-14T22:00:00-05:00')
  assert.equal(isoInZone(local('2024-01-15T03:00:00'), zone('Asia/Kathmandu')), '2024-01-15T08:45:00+05:45')
})

test('an unknown zone is refused by name', () => {
  assert.throws(() => zone('Asia/Atlantis'), /unknown time zone: Asia\/Atlantis/)
})

test('offsets agree with the runtime, and every instant comes back from its wall clock', () => {
  const names = [
    'Asia/Shanghai',
    'America/New_York',
    'Europe/Rome',
    'Africa/Casablanca',
    'Australia/Lord_Howe',
  ]
  const instants = fc.integer({
    min: local('1986-01-01T00:00:00') / 1000,
    max: local('2040-01-01T00:00:00') / 1000,
  })
  fc.assert(
    fc.property(fc.constantFrom(...names), instants, (name, seconds) => {
      const place = zone(name)
      const instantMs = seconds * 1000
      const localMs = instantMs + place.offsetMs(instantMs)
      assert.equal(iso(localMs).slice(0, 19), wallClock(name, instantMs))
      const back = place.toInstantMs(localMs)
      if (back !== instantMs) {
        assert.equal(place.localKind(localMs), 'twice')
        assert.ok(back < instantMs)
      }
      const day = place.localDay(instantMs)
      assert.ok(place.dayStartMs(day) <= instantMs && instantMs < place.dayStartMs(day + 1))
      assert.equal(day, Math.floor(localMs / DAY_MS))
    }),
    { numRuns: 3000 },
  )
})

function wallClock(name: string, instantMs: number): string {
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: name,
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  return format.format(instantMs).replace(' ', 'T')
}
