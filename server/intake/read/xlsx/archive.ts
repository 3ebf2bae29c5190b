import { readFile, stat } from 'node:fs/promises'
import { crc32, createInflateRaw, type ZlibOptions } from 'node:zlib'
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl'
import { NotInEncoding } from '../decode.ts'
import { FileRefusal } from '../refusal.ts'
import type { Limits } from '../table.ts'

const PIECE_BYTES = 64 * 1024

/** The parts of a workbook file, by lower-case path. Holds the packed bytes in memory; nothing is ever unpacked to disk. */
export interface Archive {
  names: string[]
  has(name: string): boolean
  inflatedBytes(name: string): number
  /** Throws FileRefusal `missing_part` for a part that is not there. */
  read(name: string, progress?: (bytes: number) => void): AsyncGenerator<Buffer>
}

/** Checks sizes, names, overlaps and encryption of every entry before anything is inflated. */
export async function openArchive(path: string, limits: Limits): Promise<Archive> {
  const { size } = await stat(path)
  if (size > limits.xlsxBytes) throw new FileRefusal('too_large', Math.round(limits.xlsxBytes / 1024 ** 2))
  const bytes = await readFile(path)
  const zip = await openZip(bytes)
  if (zip.entryCount > limits.entries) throw new FileRefusal('too_many_entries', limits.entries)
  const entries = await readEntries(zip)
  refuseBombs(entries, size, limits)
  refuseOverlaps(entries)
  const byName = new Map<string, Entry>()
  for (const entry of entries) {
    const name = entry.fileName.toLowerCase()
    if (byName.has(name)) throw new FileRefusal('overlapping_entries', entry.fileName)
    byName.set(name, entry)
  }
  const entryOf = (name: string) => {
    const entry = byName.get(name.toLowerCase())
    if (!entry) throw new FileRefusal('missing_part', name)
    return entry
  }
  return {
    names: [...byName.keys()],
    has: (name) => byName.has(name.toLowerCase()),
    inflatedBytes: (name) => entryOf(name).uncompressedSize,
    read: (name, progress = () => {}) => inflate({ bytes, zip }, entryOf(name), progress),
  }
}

async function openZip(bytes: Buffer): Promise<ZipFile> {
  try {
    return await fromBufferPromise(bytes, { autoClose: false, lazyEntries: true })
  } catch (error) {
    throw damaged(error)
  }
}

async function readEntries(zip: ZipFile): Promise<Entry[]> {
  const entries: Entry[] = []
  try {
    for await (const entry of zip.eachEntry()) entries.push(entry)
  } catch (error) {
    const name = /(?:relative|absolute) path: (.*)|invalid characters in fileName: (.*)/.exec(
      messageOf(error),
    )
    if (name) throw new FileRefusal('unsafe_entry', name[1] ?? name[2] ?? '')
    throw damaged(error)
  }
  for (const entry of entries) {
    if (entry.isEncrypted()) throw new FileRefusal('encrypted')
    if (isLink(entry) || entry.fileName.includes('\0')) throw new FileRefusal('unsafe_entry', entry.fileName)
  }
  return entries
}

/** A symbolic link, by the Unix mode in the upper half of the attributes. */
function isLink(entry: Entry): boolean {
  return ((entry.externalFileAttributes >>> 16) & 0xf000) === 0xa000
}

function refuseBombs(entries: Entry[], fileBytes: number, limits: Limits): void {
  let inflated = 0
  for (const entry of entries) {
    inflated += entry.uncompressedSize
    if (entry.uncompressedSize < 100_000) continue
    if (entry.uncompressedSize > entry.compressedSize * limits.inflationRatio) {
      throw new FileRefusal('packed_too_tight', limits.inflationRatio)
    }
  }
  if (inflated > limits.inflatedBytes) {
    throw new FileRefusal('inflates_too_far', Math.round(limits.inflatedBytes / 1024 ** 2))
  }
  if (inflated > 100_000 && inflated > fileBytes * limits.inflationRatio) {
    throw new FileRefusal('packed_too_tight', limits.inflationRatio)
  }
}

/** Each entry needs its own stretch of the file: 30 bytes of local header, its name, its data. */
function refuseOverlaps(entries: Entry[]): void {
  const byPlace = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)
  let free = 0
  for (const entry of byPlace) {
    if (entry.relativeOffsetOfLocalHeader < free) throw new FileRefusal('overlapping_entries', entry.fileName)
    free = entry.relativeOffsetOfLocalHeader + 30 + entry.fileNameLength + entry.compressedSize
  }
}

/** Inflates one part; more or fewer bytes than declared, or another checksum, refuse the file. */
async function* inflate(
  archive: { bytes: Buffer; zip: ZipFile },
  entry: Entry,
  progress: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  let size = 0
  let checksum = 0
  try {
    const local = await archive.zip.readLocalFileHeaderPromise(entry, {})
    if (!entry.fileNameRaw.equals(local.fileName)) throw new Error('another name in the local header')
    const packed = archive.bytes.subarray(local.fileDataStart, local.fileDataStart + entry.compressedSize)
    for await (const chunk of unpacked(packed, entry.compressionMethod)) {
      const piece: Buffer = chunk
      size += piece.length
      if (size > entry.uncompressedSize) throw new Error('larger than declared')
      checksum = crc32(piece, checksum)
      progress(size)
      yield piece
    }
    if (size < entry.uncompressedSize) throw new Error('smaller than declared')
    if (checksum !== entry.crc32) throw new Error('checksum')
  } catch (error) {
    if (error instanceof FileRefusal || error instanceof NotInEncoding) throw error
    throw damaged(error, entry.fileName)
  }
}

/** Pieces of 64 KB, as larger texts are slow; inflating runs a little ahead in another thread. */
function unpacked(packed: Buffer, method: number): Iterable<Buffer> | AsyncIterable<Buffer> {
  if (method === 0) return slices(packed)
  if (method !== 8) throw new Error(`compression method ${method}`)
  const inflater = createInflateRaw({
    chunkSize: PIECE_BYTES,
    readableHighWaterMark: 8 * PIECE_BYTES,
  } as ZlibOptions)
  inflater.end(packed)
  return inflater
}

function* slices(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES)
}

function damaged(error: unknown, part?: string): FileRefusal {
  return new FileRefusal('damaged_archive', part ? `${part}: ${messageOf(error)}` : messageOf(error))
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 120) : String(error)
}
