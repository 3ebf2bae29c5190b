import { createReadStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyReply } from 'fastify'

/** Writes a workbook into a folder of its own in the temporary folder and sends it, leaving nothing behind. */
export async function sendWorkbook(
  reply: FastifyReply,
  name: string,
  write: (path: string) => Promise<unknown>,
): Promise<Record<string, never>> {
  const folder = mkdtempSync(join(tmpdir(), 'zhihuan-workbook-'))
  const path = join(folder, 'sheet.xlsx')
  try {
    await write(path)
    reply
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
      .header('cache-control', 'no-store')
      .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    await reply.send(
      createReadStream(path).on('close', () => rmSync(folder, { recursive: true, force: true })),
    )
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
  return {}
}
