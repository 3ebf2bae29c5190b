import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { ciede2000, closest, contrast, sights } from '../../test/colour.ts'

const web = fileURLToPath(new URL('..', import.meta.url))
const css = readFileSync(join(web, 'ui', 'tokens.css'), 'utf8')
const dark = css.slice(css.indexOf('data-theme="dark"'), css.indexOf(':root[data-density'))
const tokensIn = (text: string) =>
  Object.fromEntries([...text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, hex]) => [name, hex]))
const light = tokensIn(css.slice(0, css.indexOf('@media screen')))
const looks = { light, dark: { ...light, ...tokensIn(dark) } }

const status = ['good', 'warn', 'bad', 'none']
const series = ['series-1', 'series-2', 'series-3', 'series-4', 'series-5']

test('the colour distance is CIEDE2000: pairs of Sharma, Wu and Dalal', () => {
  const near = (got: number, want: number) => assert.ok(Math.abs(got - want) < 0.00005, `${got} for ${want}`)
  near(ciede2000([50, 2.6772, -79.7751], [50, 0, -82.7485]), 2.0425)
  near(ciede2000([50, 2.5, 0], [50, 0, -2.5]), 4.3065)
  near(ciede2000([50, 2.5, 0], [73, 25, -18]), 27.1492)
  near(ciede2000([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387]), 1.2644)
  near(ciede2000([2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514]), 0.9082)
})

for (const [look, colours] of Object.entries(looks)) {
  const least = (names: readonly string[], grounds: readonly string[], want: number) => {
    for (const name of names)
      for (const ground of grounds) {
        const [mark, under] = [colours[name], colours[ground]]
        assert.ok(mark && under, `${name} or ${ground} is not a colour`)
        const got = contrast(mark, under)
        assert.ok(got >= want, `${look}: --${name} on --${ground} has ${got.toFixed(2)}, not ${want}`)
      }
  }

  test(`${look}: marks, series and edges have 3:1 on every ground they stand on`, () => {
    least([...status, ...series, 'accent', 'edge'], ['ground', 'panel'], 3)
    least(['edge', 'accent'], ['raised'], 3)
    for (const kind of status) least([kind], [`${kind}-wash`], 3)
  })

  test(`${look}: text has 4.5:1 on every ground it stands on`, () => {
    const washes = ['accent-wash', ...status.map((kind) => `${kind}-wash`)]
    least(['ink', 'ink-soft', 'accent'], ['ground', 'panel', 'raised', 'sunken'], 4.5)
    least(['ink', 'ink-soft'], washes, 4.5)
    least(['on-accent'], ['accent'], 4.5)
    least(['heat-ink'], ['heat-1', 'heat-2', 'heat-3'], 4.5)
    least(['heat-ink-flipped'], ['heat-4', 'heat-5', 'heat-6'], 4.5)
  })

  for (const [name, set] of Object.entries({ status, series }))
    test(`${look}: the ${name} colours stay apart for every eye`, () => {
      for (const sight of sights) {
        const got = closest(
          set.map((token) => colours[token]!),
          sight,
        )
        assert.ok(got >= 15, `${sight}: ${got.toFixed(1)}`)
      }
    })
}

test('colours are written in tokens.css alone, and no face has other weights than 400 and 600', () => {
  const files = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.css') && !/^dist[\\/]/.test(path),
  )
  assert.ok(files.length > 20)
  for (const path of files) {
    const text = readFileSync(join(web, path), 'utf8')
    if (!path.endsWith('tokens.css')) assert.doesNotMatch(text, /#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/i, path)
    for (const [found, weight] of text.matchAll(/font(?:-weight)?:\s*(\d{3})\b/g))
      assert.ok(weight === '400' || weight === '600', `${path}: ${found}`)
    for (const [found, size] of text.matchAll(/font-size:\s*(\d+)px/g))
      assert.ok(Number(size) >= 12, `${path}: ${found}`)
  }
})
