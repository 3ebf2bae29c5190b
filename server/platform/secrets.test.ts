import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { openSecrets } from './secrets.ts'

const dir = mkdtempSync(join(tmpdir(), 'zhihuan-test-'))
after(() => rmSync(dir, { recursive: true }))

test('what is encrypted comes back for the same key and context alone', () => {
  const secrets = openSecrets(dir, undefined)
  const cipher = secrets.encrypt(Buffer.from('张三'), 'one')
  assert.equal(cipher.includes(Buffer.from('张三')), false)
  assert.equal(openSecrets(dir, undefined).decrypt(cipher, 'one').toString(), '张三')
  assert.notDeepEqual(secrets.encrypt(Buffer.from('张三'), 'one'), cipher)
  assert.throws(() => secrets.decrypt(cipher, 'two'), { code: 'wrong_key' })
  for (let i = 0; i < cipher.length; i++) {
    const changed = Buffer.from(cipher)
    changed[i] = changed[i]! ^ 1
    assert.throws(() => secrets.decrypt(changed, 'one'), { code: 'wrong_key' }, `byte ${i}`)
  }
})

test('a hash finds an equal text, with this key only', () => {
  const other = mkdtempSync(join(dir, 'other-'))
  const secrets = openSecrets(dir, undefined)
  assert.deepEqual(secrets.hash('张三'), openSecrets(dir, undefined).hash('张三'))
  assert.notDeepEqual(secrets.hash('张三'), secrets.hash('张四'))
  assert.notDeepEqual(secrets.hash('张三'), openSecrets(other, undefined).hash('张三'))
})

test('the key is made once, for its owner alone; one of another length is refused with its place', () => {
  openSecrets(dir, undefined)
  const { mode, size } = statSync(join(dir, 'secrets', 'personal-data.key'))
  assert.equal(mode & 0o777, 0o600)
  assert.equal(size, 32)
  const short = join(dir, 'short.key')
  writeFileSync(short, 'short')
  assert.throws(() => openSecrets(dir, short), /short\.key must hold 32 bytes/)
  assert.throws(() => openSecrets(dir, join(dir, 'absent.key')), /absent\.key/)
})
