/**
 * A product in miniature for the tests: `hold.ts DATA_DIR` starts the database, prints one line of JSON, says what
 * the supervisor logs on stderr, and ends in order on SIGTERM.
 */
import { DatabaseStartError, startEmbedded } from '../index.ts'

const [dataDir = ''] = process.argv.slice(2)
try {
  const database = await startEmbedded({ dataDir, log: (line) => process.stderr.write(`${line}\n`) })
  const alive = setInterval(() => {}, 1000)
  // Before the line is written: whoever reads it may send the signal at once.
  process.once('SIGTERM', async () => {
    await database.stop()
    clearInterval(alive)
  })
  const { host, port } = database.connection('super')
  process.stdout.write(`${JSON.stringify({ pid: database.pid, adopted: database.adopted, host, port })}\n`)
} catch (error) {
  if (!(error instanceof DatabaseStartError)) throw error
  process.stdout.write(`${JSON.stringify({ code: error.code, zh: error.zh, en: error.en })}\n`)
  process.exitCode = 5
}
