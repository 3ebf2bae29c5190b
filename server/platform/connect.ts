import type pg from 'pg'
import type { Embedded } from './embedded/index.ts'

/** How the two roles reach the database: the owner migrates, the application role does everything else. */
export interface Connections {
  owner: pg.PoolConfig
  app: pg.PoolConfig
}

export const embeddedConnections = (server: Pick<Embedded, 'connection'>): Connections => ({
  owner: server.connection('owner'),
  app: server.connection('app'),
})

/**
 * An outside PostgreSQL is given as one URL, the owner's. The application connects with it but takes the
 * role that owns nothing at once; RESET ROLE returns to that role, not to the owner.
 */
export const outsideConnections = (url: string): Connections => ({
  owner: { connectionString: url },
  app: { connectionString: url, options: '-c role=zhihuan_app' },
})
