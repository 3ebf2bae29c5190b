import assert from 'node:assert/strict'
import { test } from 'node:test'
import { now, openCast } from '../../test/cast.ts'
import { drainChanges } from './index.ts'

test('a scorecard that holds is answered without a transaction, to each of its readers; a change is seen', async () => {
  const cast = await openCast()
  try {
    await drainChanges(cast.db, cast.organizationId, now)
    let transactions = 0
    const { transaction } = cast.db
    cast.db.transaction = (...given) => {
      transactions++
      return transaction(...given)
    }
    const card = async (who: 'auditor' | 'administrator' | 'team_lead') => {
      transactions = 0
      const { status, body } = await cast.call(who, 'GET', '/api/scorecard?period=2024-05')
      assert.equal(status, 200, body)
      return { body, transactions }
    }
    const first = await card('auditor')
    assert.equal(first.transactions, 1)
    assert.deepEqual(await card('auditor'), { ...first, transactions: 0 })
    assert.deepEqual(await card('administrator'), { ...first, transactions: 0 })
    assert.equal((await card('team_lead')).transactions, 1)
    await transaction(await cast.whole(), (tx) =>
      tx.client.query(`update directory.unit set name = '改名' where id = $1`, [cast.teamB]),
    )
    assert.deepEqual([(await card('auditor')).transactions, (await card('auditor')).transactions], [1, 0])
  } finally {
    await cast.end()
  }
})
