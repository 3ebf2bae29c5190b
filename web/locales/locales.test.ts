import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { en as firstEn } from './en.ts'
import { later as laterEn } from './later-en.ts'
import { later as laterZh } from './later-zh.ts'
import { zh as firstZh } from './zh.ts'

const zh = { ...firstZh, ...laterZh }
const en = { ...firstEn, ...laterEn }

const web = fileURLToPath(new URL('..', import.meta.url))
const chinese = /[\u3000-\u303f\u3400-\u4dbf\u4e00-\u9fff\uff00-\uffef]/
const sources = readdirSync(web, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/^(dist|locales)[\\/]|\.test\.ts$/.test(path))
  .map((path) => ({ path, text: readFileSync(join(web, path), 'utf8') }))

test('both languages have every text, with the same places to fill', () => {
  assert.deepEqual(Object.keys(en).sort(), Object.keys(zh).sort())
  const places = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort()
  for (const [key, text] of Object.entries(en)) {
    assert.notEqual(text.trim(), '', key)
    assert.notEqual(zh[key as keyof typeof zh].trim(), '', key)
    assert.deepEqual(places(text), places(zh[key as keyof typeof zh]), key)
  }
})

test('English texts hold no Chinese, but for the name of the other language', () => {
  const toggles = ['shell.language', 'shell.otherLanguage']
  for (const [key, text] of Object.entries(en))
    if (!toggles.includes(key)) assert.doesNotMatch(text, chinese, key)
})

test('no page has Chinese of its own outside comments', () => {
  assert.ok(sources.length > 50)
  for (const { path, text } of sources)
    assert.doesNotMatch(text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ''), chinese, path)
})

test('every text is used', () => {
  const all = sources.map(({ text }) => text).join('\n')
  // label('role', code) and t(`board.${head}`) name a family of keys.
  const families = new Set(
    [...all.matchAll(/label\('(\w+)'|t\(\s*`(\w+)\.(?=[$\w])/g)].map((found) => found[1] ?? found[2]),
  )
  const unused = Object.keys(zh).filter(
    (key) => !all.includes(`'${key}'`) && !families.has(key.split('.')[0]) && key !== 'product',
  )
  assert.deepEqual(unused, [])
})

test('no key is in two modules', () => {
  const files = readdirSync(join(web, 'locales')).filter(
    (name) => !/^(zh|en|later-zh|later-en|locales\.test)\.ts$/.test(name),
  )
  const keys = files.flatMap((name) => {
    const text = readFileSync(join(web, 'locales', name), 'utf8')
    return [...text.slice(0, text.indexOf('export const en')).matchAll(/^ {2}'?([\w.-]+)'?:/gm)].map(
      ([, key]) => key,
    )
  })
  assert.deepEqual(
    keys.filter((key, at) => keys.indexOf(key) !== at),
    [],
  )
  assert.equal(keys.length, Object.keys(zh).length)
})
