import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { moduleOrder } from './module-order.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const sources = globSync('{contract,server,cli,web}/**/*.{ts,tsx}', { cwd: root })
  .filter((file) => !/(\.test\.tsx?$|web\/dist|\/testing\/|node_modules)/.test(file))
  .map((file) => ({ file: file.replaceAll('\\', '/'), text: readFileSync(join(root, file), 'utf8') }))

/** With the tests and what measures and prints beside the product. */
const written = globSync('{contract,server,cli,web,test,bench,scripts}/**/*.{ts,tsx,mjs}', { cwd: root })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => !/web\/dist|node_modules/.test(file))
  .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))

const moduleOf = (file: string): string | undefined => {
  const name = file.match(/^server\/([^/]+)\//)?.[1]
  return name === 'platform' || moduleOrder.some((known) => known === name) ? name : undefined
}
const rank = (name: string): number => (name === 'platform' ? -1 : moduleOrder.indexOf(name as 'directory'))

const importsOf = (file: string, text: string): string[] =>
  [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) =>
    normalize(join(dirname(file), match[1] ?? '')).replaceAll('\\', '/'),
  )

test('a module imports only the modules before it, and those through their door', () => {
  const wrong: string[] = []
  for (const { file, text } of sources) {
    const own = moduleOf(file)
    for (const target of importsOf(file, text)) {
      const other = moduleOf(target)
      if (!other || other === own) continue
      if (own && rank(other) > rank(own)) wrong.push(`${file} imports ${target}, which comes after it`)
      if (other !== 'platform' && !/\/(index|[a-z-]+-fact)\.ts$/.test(target))
        wrong.push(`${file} enters ${other} by ${target} instead of its index.ts`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('the contract imports nothing of ours, the web only the contract, the server never the web or the CLI', () => {
  const wrong: string[] = []
  for (const { file, text } of sources) {
    for (const target of importsOf(file, text)) {
      const [from] = file.split('/')
      const [to] = target.split('/')
      const allowed = {
        contract: ['contract'],
        web: ['web', 'contract'],
        server: ['server', 'contract'],
        cli: ['cli', 'server', 'contract'],
      }[from ?? '']
      // A text taken in whole is no code of anybody's: the help shows the glossary itself.
      const isText = target.endsWith('package.json') || /^docs\/.*\.md\?raw$/.test(target)
      if (!allowed?.includes(to ?? '') && !isText) wrong.push(`${file} → ${target}`)
    }
  }
  assert.deepEqual(wrong, [])
})

test('SQL: a module reads tables of modules before it and writes only its own', () => {
  const wrong: string[] = []
  const names = moduleOrder.join('|')
  for (const { file, text } of sources) {
    const own = moduleOf(file)
    if (!own || own === 'platform' || own === 'demo') continue
    for (const match of text.matchAll(
      new RegExp(`\\b(from|join|into|update|copy)\\s+(?:only\\s+)?(${names})\\.([a-z_]+)`, 'g'),
    )) {
      const [, verb, schema, table] = match
      const writes =
        verb === 'into' ||
        verb === 'update' ||
        (verb === 'copy' &&
          /copy\s+[a-z_.]+\s*\([^)]*\)\s*from/.test(text.slice(match.index, match.index + 900)))
      if (rank(schema ?? '') > rank(own)) wrong.push(`${file}: ${verb} ${schema}.${table} comes after ${own}`)
      else if (writes && schema !== own)
        wrong.push(`${file}: writes ${schema}.${table}, which belongs to ${schema}`)
    }
    for (const match of text.matchAll(new RegExp(`delete\\s+from\\s+(${names})\\.([a-z_]+)`, 'g')))
      if (match[1] !== own) wrong.push(`${file}: deletes from ${match[1]}.${match[2]}`)
  }
  assert.deepEqual(wrong, [])
})

const saysAny = new RegExp([':\\s*any\\b', '\\bas any\\b', '<any>'].join('|'))
// In comments, where else.
const silenced = new RegExp(`@ts-${'(ignore|nocheck)'}`)

test('no file is over 500 lines, and none says any', () => {
  const long = written.filter(({ text }) => text.split('\n').length > 500).map(({ file }) => file)
  assert.deepEqual(long, [])
  const loose = written
    .filter(({ text }) => silenced.test(text) || saysAny.test(text.replaceAll(/\/\/.*$|'[^'\n]*'/gm, '')))
    .map(({ file }) => file)
  assert.deepEqual(loose, [])
})
