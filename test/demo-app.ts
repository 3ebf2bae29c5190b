import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from '../server/app.ts'
import { demoSignIn, ensureDemoOrganization } from '../server/demo/index.ts'
import { openImports } from '../server/imports.ts'
import { readConfig } from '../server/platform/config.ts'
import { openSecrets } from '../server/platform/secrets.ts'
import { openStore, type Store } from '../server/store.ts'

export type Cookies = Record<string, string>

/** The server with the demo organization, asked without a network. */
export interface DemoApp {
  dataDir: string
  store: Store
  now: Date
  app: Awaited<ReturnType<typeof buildApp>>
  signIn(login?: string): Promise<Cookies>
  end(): Promise<void>
}

export async function openDemoApp(): Promise<DemoApp> {
  const dir = mkdtempSync(join(tmpdir(), 'zhihuan-demo-'))
  const dataDir = join(dir, 'data')
  const store = await openStore(readConfig({ ZHIHUAN_DATA: dataDir }), () => {})
  const now = new Date()
  const secrets = openSecrets(dataDir)
  await ensureDemoOrganization(store.db, { now, secrets })
  const imports = openImports({ app: store.connections.app, dataDir, log: () => {} })
  const app = await buildApp({
    db: store.db,
    dataDir,
    secrets,
    imports,
    hub: { subscribe: () => () => {}, stop: async () => {} },
    now: () => now,
    importedRows: imports.importedRows,
    requestsPerMinute: 1_000_000,
  })
  return {
    dataDir,
    store,
    now,
    app,
    signIn: async (login = demoSignIn.login) => {
      const answer = await app.inject({
        method: 'POST',
        url: '/api/session',
        payload: { ...demoSignIn, login },
      })
      assert.equal(answer.statusCode, 200, answer.body)
      const [session] = answer.cookies
      return { [session?.name ?? '']: session?.value ?? '' }
    },
    end: async () => {
      await app.close()
      await imports.stop()
      await store.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
