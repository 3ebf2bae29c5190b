import type { Connection, Submittable } from 'pg'
import type { Tx } from './database.ts'

/**
 * A COPY with its rows and the statements behind it, `copy … from stdin; insert …`, sent all at once: nothing waits for an
 * answer in between. Returns what the server said of each statement, e.g. `INSERT 0 2500`.
 */
export function copyIn(tx: Tx, statements: string, rows: readonly Buffer[]): Promise<string[]> {
  return new Promise((resolve, reject) => {
    tx.client.query(new CopyIn(statements, rows, resolve, reject))
  })
}

// pg hands the answers to the query that was sent: a class, since it calls these by name.
class CopyIn implements Submittable {
  readonly #statements: string
  readonly #rows: readonly Buffer[]
  readonly #resolve: (tags: string[]) => void
  readonly #reject: (error: Error) => void
  readonly #tags: string[] = []

  constructor(
    statements: string,
    rows: readonly Buffer[],
    resolve: (tags: string[]) => void,
    reject: (error: Error) => void,
  ) {
    this.#statements = statements
    this.#rows = rows
    this.#resolve = resolve
    this.#reject = reject
  }

  /** Rows sent to a COPY that the server refuses are passed over by it. */
  submit(connection: Connection): void {
    const { stream } = connection
    stream.cork()
    connection.query(this.#statements)
    for (const piece of this.#rows) {
      const head = Buffer.from([copyData, 0, 0, 0, 0])
      head.writeUInt32BE(piece.length + 4, 1)
      stream.write(head)
      stream.write(piece)
    }
    stream.write(Buffer.from([copyDone, 0, 0, 0, 4]))
    stream.uncork()
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.#tags.push(text)
  }

  handleReadyForQuery(): void {
    this.#resolve(this.#tags)
  }

  handleError(error: Error): void {
    this.#reject(error)
  }

  handleCopyInResponse(): void {}
  handleRowDescription(): void {}
  handleDataRow(): void {}
}

const [copyData, copyDone] = [0x64, 0x63]
