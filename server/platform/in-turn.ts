import type { Tx } from './database.ts'

/**
 * The same transaction for code that sends statements together, where the connection takes them one by one: a reading
 * transaction pipelines them, a writing one does not.
 */
export function inTurn(tx: Tx): Tx {
  let last: Promise<unknown> = Promise.resolve()
  const afterLast = <T>(send: () => Promise<T>): Promise<T> => {
    const sent = last.then(send)
    // A statement that failed has told its own caller; those behind it fail on the broken transaction.
    last = sent.catch(() => {})
    return sent
  }
  // Cursors are asked for at the client itself; of its ways to be called only the promise is used.
  const query = (text: string, values?: unknown[]) => afterLast(() => tx.client.query(text, values))
  const client = new Proxy(tx.client, {
    get: (own, name) => (name === 'query' ? query : Reflect.get(own, name)),
  })
  return {
    ...tx,
    client,
    rows: (statement) => afterLast(() => tx.rows(statement)),
    one: (statement) => afterLast(() => tx.one(statement)),
    prepared: (name, statement) => afterLast(() => tx.prepared(name, statement)),
    run: (statement) => afterLast(() => tx.run(statement)),
  }
}
