import { createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Refusal } from '../refusal.ts'

/** Keeps a small uploaded file while `read` works on it. Refuses (413) one over the limit before all of it has come. */
export async function withFile<T>(
  body: Readable,
  mostBytes: number,
  read: (path: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'zhihuan-file-'))
  const path = join(folder, 'file')
  let bytes = 0
  body.on('data', (piece: Buffer) => {
    bytes += piece.length
    if (bytes > mostBytes) body.destroy(new Error('too large'))
  })
  try {
    await pipeline(body, createWriteStream(path, { mode: 0o600 })).catch((error: unknown) => {
      if (bytes <= mostBytes) throw error
      const most = Math.floor(mostBytes / 1024 ** 2)
      throw new Refusal('file_too_large', 413, {
        zh: `文件超过 ${most} MB 上限。`,
        en: `The file is over the limit of ${most} MB.`,
      })
    })
    return await read(path)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
