import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'

const root = new URL('..', import.meta.url).pathname
const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]

test('every link between the documents leads somewhere', () => {
  let links = 0
  const dead: string[] = []
  for (const file of documents)
    for (const [, target = ''] of readFileSync(join(root, file), 'utf8').matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^[a-z]+:|^#/.test(target)) continue
      links++
      const path = decodeURIComponent(target.replace(/#.*$/, ''))
      if (!existsSync(join(root, dirname(file), path))) dead.push(`${file}: ${target}`)
    }
  assert.deepEqual(dead, [])
  assert.ok(links > 10, `only ${links} links were found`)
})

test('the printed catalogue of measures is the one in the product', () => {
  execFileSync(process.execPath, [join(root, 'scripts/indicators.ts'), '--check'], { encoding: 'utf8' })
})
