import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const dist = fileURLToPath(new URL('../../web/dist', import.meta.url))
const kilobyte = 1000

/** The files a browser has to have before this page shows: what index.html names and what comes ahead of its own piece. */
function filesOf(page: string): string[] {
  const html = readFileSync(join(dist, 'index.html'), 'utf8')
  const named = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, file]) => file!)
  const entry = named.find((file) => /\/index-[\w-]+\.js$/.test(file))
  assert.ok(entry, 'index.html names no entry')
  const code = readFileSync(join(dist, entry), 'utf8')
  const list = code.match(/m\.f=(\[[^\]]*\])/)
  const own = code.match(
    new RegExp(`import\\(.\\./${page}-[\\w-]+\\.js.\\),__vite__mapDeps\\(\\[([\\d,]+)\\]\\)`),
  )
  assert.ok(list && own, `the entry does not load ${page} by itself: is the page built?`)
  const pieces = JSON.parse(list[1]!) as string[]
  const ahead = own[1]!.split(',').map((at) => pieces[Number(at)]!)
  // The texts come by the language of the reader; the heavier one counts.
  const texts = readdirSync(join(dist, 'assets')).filter((file) => /^zh(_CN)?-[\w-]+\.js$/.test(file))
  assert.ok(texts.length >= 2, 'the texts are not pieces of their own')
  return [...new Set([...named, ...ahead, ...texts.map((file) => `assets/${file}`)])]
}

const weigh = (files: readonly string[]) =>
  files.reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length, 0) / kilobyte

// The budget of the promise: what a first visit loads, scripts and styles gzipped, before charts.
for (const page of ['sign-in', 'board'])
  test(`the first load of ${page} is at most 250 kB, without charts and without a Chinese face`, (t) => {
    assert.ok(existsSync(join(dist, 'index.html')), 'build the page first: npm run build')
    const files = filesOf(page)
    const total = weigh(files)
    const heaviest = files
      .map((file) => [file, weigh([file])] as const)
      .sort((a, b) => b[1] - a[1])
      .slice(0, 12)
      .map(([file, size]) => `${file} ${size.toFixed(1)}`)
    t.diagnostic(`${page}: ${total.toFixed(1)} kB in ${files.length} files; ${heaviest.join(', ')}`)
    assert.ok(total <= 250, `${total.toFixed(1)} kB: ${heaviest.join(', ')}`)
    for (const file of files) {
      const text = readFileSync(join(dist, file), 'utf8')
      assert.doesNotMatch(file, /fallback-face|drawing|echarts/)
      assert.doesNotMatch(text, /@font-face/, file)
    }
  })
