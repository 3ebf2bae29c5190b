import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { crc32, createDeflateRaw } from 'node:zlib'

interface Entry {
  name: Buffer
  checksum: number
  packed: number
  size: number
  offset: number
}

export interface ZipWriter {
  /** Adds one file; its texts are packed and written as they come. */
  add(name: string, texts: Iterable<string> | AsyncIterable<string>): Promise<void>
}

/** Writes a zip archive front to back; the file appears under its name only when whole. */
export async function writeZip(path: string, fill: (zip: ZipWriter) => Promise<void>): Promise<void> {
  const part = `${path}.part`
  const file = await open(part, 'w')
  try {
    const entries: Entry[] = []
    let offset = 0
    await fill({
      async add(name, texts) {
        const entry = await writeEntry(file, Buffer.from(name), texts, offset)
        entries.push(entry)
        offset += 30 + entry.name.length + entry.packed + 16
      },
    })
    await file.write(directoryOf(entries, offset))
    await file.close()
    await rename(part, path)
  } catch (error) {
    await file.close()
    await rm(part, { force: true })
    throw error
  }
}

/** Sizes are not known when the header goes out: they follow the data (flag 8). Names are UTF-8 (flag 0x800). */
const FLAGS = 0x808
const DEFLATED = 8
/** 1980-01-01, the first day a zip knows: the same rows give the same bytes. */
const DATE = 0x21

async function writeEntry(
  file: FileHandle,
  name: Buffer,
  texts: Iterable<string> | AsyncIterable<string>,
  offset: number,
): Promise<Entry> {
  const entry: Entry = { name, checksum: 0, packed: 0, size: 0, offset }
  const header = Buffer.alloc(30)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(20, 4)
  header.writeUInt16LE(FLAGS, 6)
  header.writeUInt16LE(DEFLATED, 8)
  header.writeUInt16LE(DATE, 12)
  header.writeUInt16LE(name.length, 26)
  await file.write(Buffer.concat([header, name]))
  await pipeline(measured(texts, entry), createDeflateRaw(), async (pieces: AsyncIterable<Buffer>) => {
    for await (const piece of pieces) {
      entry.packed += piece.length
      await file.write(piece)
    }
  })
  const descriptor = Buffer.alloc(16)
  descriptor.writeUInt32LE(0x08074b50, 0)
  writeSizes(descriptor, entry, 4)
  await file.write(descriptor)
  return entry
}

async function* measured(
  texts: Iterable<string> | AsyncIterable<string>,
  entry: Entry,
): AsyncGenerator<Buffer> {
  for await (const text of texts) {
    const bytes = Buffer.from(text)
    entry.checksum = crc32(bytes, entry.checksum)
    entry.size += bytes.length
    yield bytes
  }
}

function writeSizes(buffer: Buffer, entry: Entry, at: number): void {
  if (entry.size > 0xffffffff || entry.packed > 0xffffffff) throw new RangeError('a file of more than 4 GB')
  buffer.writeUInt32LE(entry.checksum, at)
  buffer.writeUInt32LE(entry.packed, at + 4)
  buffer.writeUInt32LE(entry.size, at + 8)
}

function directoryOf(entries: Entry[], offset: number): Buffer {
  const records = entries.map((entry) => {
    const record = Buffer.alloc(46)
    record.writeUInt32LE(0x02014b50, 0)
    record.writeUInt16LE(20, 4)
    record.writeUInt16LE(20, 6)
    record.writeUInt16LE(FLAGS, 8)
    record.writeUInt16LE(DEFLATED, 10)
    record.writeUInt16LE(DATE, 14)
    writeSizes(record, entry, 16)
    record.writeUInt16LE(entry.name.length, 28)
    record.writeUInt32LE(entry.offset, 42)
    return Buffer.concat([record, entry.name])
  })
  const directory = Buffer.concat(records)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([directory, end])
}
