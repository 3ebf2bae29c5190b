import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { testDatabase } from '../../test/database.ts'
import { initOrganization } from '../init.ts'
import { scorecard } from '../measurement/index.ts'
import { openSecrets } from '../platform/secrets.ts'
import { addMonths, dayToDate, monthStart, zone } from '../platform/time.ts'
import { loadDemo } from './index.ts'

const shanghai = zone('Asia/Shanghai')

test('on the first, in the middle and at the end of a month the board of the last full one tells the same story', async () => {
  const t = await testDatabase()
  const dir = mkdtempSync(join(tmpdir(), 'zhihuan-test-'))
  try {
    const secrets = openSecrets(dir, undefined)
    for (const [i, at] of [
      '2026-03-01T01:00:00Z',
      '2026-05-14T06:00:00Z',
      '2026-12-31T15:00:00Z',
    ].entries()) {
      const now = new Date(at)
      const own = {
        organization: '甲公司',
        login: `owner${i}`,
        password: 'owner-password-1',
        zone: 'Asia/Shanghai',
      }
      const made = await initOrganization(t.db, { ...own, language: 'zh', pack: 'general' }, now, {
        onlyFirst: false,
      })
      const whole = () => t.db.wholeScope(made.organizationId)
      await loadDemo(t.db, await whole(), { now, secrets })
      const today = monthStart(shanghai.localDay(now.getTime()))
      const card = async (back: number) => {
        const period = dayToDate(addMonths(today, -back)).slice(0, 7)
        return t.db.transaction(await whole(), (tx) => scorecard(tx, { period }, { now }))
      }
      const last = await card(1)
      assert.deepEqual(
        last.indicators.map(({ code, status }) => [code, status]),
        [
          ['first_response_minutes', 'met'],
          ['first_contact_resolution', 'missed'],
          ['experience_score', 'near'],
          ['record_completeness', 'near'],
        ],
        at,
      )
      // 10 × 25 + 5 × 30 + 9 × 35 + 9.8 × 10 = 813; a step of one indicator more or less is 0.15 and 0.02.
      assert.ok(last.total! >= 7.95 && last.total! <= 8.33, `${at}: ${last.total}`)
      const worst = await card(3)
      assert.ok(worst.total! < last.total! - 1.5, `${at}: ${worst.total} in the fourth month`)
      assert.equal(worst.indicators[0]?.status, 'missed')
    }
  } finally {
    await t.end()
    rmSync(dir, { recursive: true })
  }
})
