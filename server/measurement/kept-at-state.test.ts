import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDatabase } from '../../test/database.ts'
import type { Scope } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { sql } from '../platform/sql.ts'
import { installPack } from '../standards/index.ts'
import { bumpVersion } from './cells.ts'
import { keptAtState } from './kept-at-state.ts'
import { createOwn } from './own/store.ts'

test('an answer is kept while all it is made of stands, for those who see the same, on the same day', async () => {
  const t = await testDatabase()
  try {
    const now = new Date('2024-06-15T04:00:00Z')
    let found = 0
    const ask = async (asked = 'board', at = now, scope?: Scope) =>
      t.db.transaction(scope ?? (await t.whole()), (tx) => keptAtState(tx, at, asked, async () => ++found), {
        readOnly: true,
      })
    const change = async (work: Parameters<typeof t.db.transaction>[1]) =>
      t.db.transaction(await t.whole(), work)
    assert.deepEqual([await ask(), await ask(), await ask('else')], [1, 1, 2])
    // 23:59 and midnight in Shanghai.
    assert.equal(await ask('board', new Date('2024-06-15T15:59:59Z')), 1)
    assert.equal(await ask('board', new Date('2024-06-15T16:00:00Z')), 3)
    const teamId = newId()
    const moves: Parameters<typeof change>[0][] = [
      (tx) => bumpVersion(tx, now),
      (tx) => installPack(tx, 'general', { effectiveOn: '2024-01-01', authorId: null, now }),
      (tx) =>
        createOwn(
          tx,
          {
            ...{ code: 'n', nameZh: '数', nameEn: 'n', better: 'none' },
            definition: {
              ...{ facts: 'work_order', where: [], day: 'receivedAt', timeUnit: 'min' },
              aggregate: { kind: 'count' },
            },
          },
          { userId: null, now },
        ),
      (tx) => tx.run(sql`update measurement.own_measure set version = version + 1`),
      (tx) =>
        tx.run(sql`insert into measurement.period_copy (organization_id, period, number, zone, made_at, made_by_name,
          note, known) values (${tx.organizationId}, '2024-05', 1, 'Asia/Shanghai', ${now}, '甲', '关账', '[]')`),
      (tx) => tx.run(sql`update directory.unit set name = '改名' where id = ${t.rootUnitId}`),
      (tx) => tx.run(sql`update directory.organization set zone = 'Asia/Tokyo'`),
    ]
    for (const [i, move] of moves.entries()) {
      await ask()
      const before = found
      await change(move)
      assert.deepEqual([await ask(), await ask()], [before + 1, before + 1], `change ${i}`)
    }
    const scope = { organizationId: t.organizationId, unitIds: [t.rootUnitId, teamId] }
    const last = found
    assert.equal(await ask('board', now, scope), last + 1)
  } finally {
    await t.end()
  }
})
