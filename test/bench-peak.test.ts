import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'
import { peakBytes } from '../bench/processes.ts'

const megabyte = 1_048_576

test('the bench tells the memory of a job itself, however much the process that started it has', () => {
  const held = Buffer.alloc(400 * megabyte, 1)
  const code = `import(${JSON.stringify(new URL('../bench/processes.ts', import.meta.url))}).then((it) => console.log(it.peakBytes()))`
  const ofJob = Number(execFileSync(process.execPath, ['-e', code], { encoding: 'utf8' }))
  assert.ok(peakBytes() > held.length)
  assert.ok(ofJob > 20 * megabyte && ofJob < 300 * megabyte, `${ofJob} bytes`)
})
