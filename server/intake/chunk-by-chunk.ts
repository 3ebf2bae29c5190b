import type { Turn } from '../platform/fact-table.ts'

/**
 * While the database takes one chunk in, the next is made ready and the one behind that is read. What is looked up for a
 * chunk is asked before the one ahead of it is sent, or its answer would come behind all that.
 */
export async function chunkByChunk<Rows, Chunk>(
  chunks: AsyncIterable<Rows>,
  read: (rows: Rows) => Chunk,
  learn: (chunk: Chunk) => Promise<void>,
  write: (chunk: Chunk, turn: Turn) => Promise<void>,
): Promise<void> {
  let sent = Promise.resolve()
  let send = () => sent
  const start = (chunk: Chunk) => {
    const before = sent
    const may = Promise.withResolvers<void>()
    return new Promise<void>((ready) => {
      const take = () => {
        ready()
        return may.promise
      }
      const writing = write(chunk, { before: () => before, take }).finally(ready)
      // Awaited some rounds later: until then its failure is nobody's.
      writing.catch(() => {})
      send = () => {
        may.resolve()
        return writing
      }
    })
  }
  try {
    for await (const rows of chunks) {
      const chunk = read(rows)
      await sent
      await learn(chunk)
      sent = send()
      await start(chunk)
    }
    await sent
    await send()
  } catch (error) {
    // What is on its way to the database ends before the transaction does; what is only ready never goes.
    await Promise.allSettled([sent])
    throw error
  }
}
