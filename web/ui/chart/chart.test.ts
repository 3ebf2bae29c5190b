import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const web = fileURLToPath(new URL('../..', import.meta.url))
const sources = readdirSync(web, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !/^dist[\\/]|\.test\.ts$/.test(path))
  .map((path) => ({ path: path.replaceAll('\\', '/'), text: readFileSync(join(web, path), 'utf8') }))

test('nothing is drawn but through the chart, which carries its table and its summary', () => {
  const engines = sources.filter(({ text }) => /^import (?!type).*from 'echarts/m.test(text))
  assert.deepEqual(
    engines.map(({ path }) => path),
    ['ui/chart/engine.ts'],
  )
  const drawers = sources.filter(({ text }) => /['"](\.\/|.*chart\/)(drawing|engine)\.tsx?['"]/.test(text))
  assert.deepEqual(drawers.map(({ path }) => path).sort(), ['ui/chart/chart.tsx', 'ui/chart/drawing.tsx'])
})
