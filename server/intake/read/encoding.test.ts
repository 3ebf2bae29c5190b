import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { createDecoder } from './decode.ts'
import { readBytes } from './made-by-hand.ts'
import { FileRefusal } from './refusal.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'encoding-'))
after(() => rm(folder, { recursive: true }))

const text = '工单编号,问题描述\nSR001,屏幕触控不灵敏\nSR002,卡纸问题未彻底解决\n'
const gb = encoder('gb18030')
const big5 = encoder('big5')

async function outcome(bytes: Buffer, encoding = 'auto') {
  try {
    const { table, rows, notes } = await readBytes(folder, bytes, { name: 'a.csv', encoding })
    return {
      encoding: table.encoding,
      last: rows.at(-1)?.cells[1],
      noted: notes.some(({ code }) => code === 'encoding_guessed'),
    }
  } catch (error) {
    if (!(error instanceof FileRefusal)) throw error
    return { refused: error.code, line: error.place?.line, message: error.en }
  }
}

test('Unicode with and without a mark', async () => {
  const last = '卡纸问题未彻底解决'
  assert.deepEqual(await outcome(Buffer.from(text)), { encoding: 'utf-8', last, noted: false })
  assert.deepEqual(await outcome(Buffer.from(`\ufeff${text}`)), { encoding: 'utf-8', last, noted: false })
  const little = Buffer.from(`\ufeff${text}`, 'utf16le')
  assert.deepEqual(await outcome(little), { encoding: 'utf-16le', last, noted: false })
  assert.deepEqual(await outcome(Buffer.from(little).swap16()), { encoding: 'utf-16be', last, noted: false })
})

test('GB18030 is recognised and said to be a guess', async () => {
  assert.deepEqual(await outcome(gb(text)), { encoding: 'gb18030', last: '卡纸问题未彻底解决', noted: true })
  assert.deepEqual(await outcome(gb(text), 'GBK'), {
    encoding: 'gb18030',
    last: '卡纸问题未彻底解决',
    noted: false,
  })
  const late = Buffer.concat([Buffer.from(`a,b\n${'1,plain text\n'.repeat(20_000)}`), gb('2,张三\n')])
  assert.deepEqual(await outcome(late), { encoding: 'gb18030', last: '张三', noted: true })
})

test('Big5 is told from GB18030 by its bytes', async () => {
  const traditional = '編號,問題描述\n1,螢幕觸控不靈敏，維修後仍然無法使用\n2,列印機卡紙問題未徹底解決\n'
  assert.deepEqual(await outcome(big5(traditional)), {
    encoding: 'big5',
    last: '列印機卡紙問題未徹底解決',
    noted: true,
  })
})

test('two encodings in one file are refused at the line where they meet', async () => {
  const utf8 = Buffer.from('SR001,屏幕触控不灵敏\n')
  const mixed = await outcome(Buffer.concat([Buffer.from('编号,问题描述\n'), utf8, gb('SR002,卡纸\n')]))
  assert.deepEqual([mixed.refused, mixed.line], ['mixed_encodings', 3])
  assert.match(mixed.message ?? '', /0x/)
  const turned = await outcome(Buffer.concat([gb('编号,问题描述\nSR000,卡纸\n'), utf8]))
  assert.deepEqual([turned.refused, turned.line], ['mixed_encodings', 3])
})

test('a byte that is not of the named encoding is refused with its line', async () => {
  const bad = Buffer.concat([Buffer.from('a,b\n1,2\n3,'), Buffer.from([0xff]), Buffer.from('\n')])
  const named = await outcome(bad, 'utf-8')
  assert.deepEqual([named.refused, named.line], ['not_in_encoding', 3])
  assert.match(named.message ?? '', /UTF-8 · 0xA/)
  assert.equal((await outcome(bad)).refused, 'not_in_encoding')
  const cut = await outcome(Buffer.from('a,b\n1,长').subarray(0, -1), 'utf-8')
  assert.deepEqual([cut.refused, cut.line], ['not_in_encoding', 2])
  const half = await outcome(
    Buffer.concat([Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'), Buffer.from([0, 0xd8, 65, 0])]),
  )
  assert.deepEqual([half.refused, half.line], ['not_in_encoding', 3])
})

test('a Western text is not taken for Chinese, and an unknown encoding is named', async () => {
  const western = Buffer.from('name,town\nMüller,Köln\nJörg,Zürich\nBjörn,Malmö\nRené,Besançon\n', 'latin1')
  assert.ok((await outcome(western)).refused)
  assert.equal((await outcome(western, 'windows-1252')).last, 'Besançon')
  assert.equal((await outcome(western, 'klingon')).refused, 'unknown_encoding')
})

test('binary content is no text', async () => {
  assert.equal((await outcome(Buffer.from(text, 'utf16le'))).refused, 'not_text')
  assert.equal(
    (await outcome(Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), Buffer.alloc(64, 'a\0\0\0')]))).refused,
    'not_text',
  )
})

test('no piece of bytes cuts a character', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.integer({ min: 1, max: 5 }),
      (sample, size) => {
        const decoder = createDecoder('utf-8')
        const bytes = Buffer.from(sample)
        let read = ''
        for (let at = 0; at < bytes.length; at += size) read += decoder.write(bytes.subarray(at, at + size))
        assert.equal(read + decoder.end(), sample)
      },
    ),
    { numRuns: 2000 },
  )
})

/** The platform only decodes these: its table of byte pairs is turned round. */
function encoder(label: string): (sample: string) => Buffer {
  const decoder = new TextDecoder(label)
  const pairs = new Map<string, number[]>()
  for (let lead = 0xa1; lead <= 0xf9; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const char = decoder.decode(Uint8Array.of(lead, trail))
      if ([...char].length === 1 && char !== '\ufffd' && !pairs.has(char)) pairs.set(char, [lead, trail])
    }
  }
  return (sample) => Buffer.from([...sample].flatMap((char) => pairs.get(char) ?? [char.charCodeAt(0)]))
}
