import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeSetUpCode, purgeAccess, waitsForSetUp } from '../server/access/index.ts'
import { buildApp } from '../server/app.ts'
import { reviewClocks, sweepClocks } from '../server/cases/index.ts'
import { demoSignIn, ensureDemoOrganization } from '../server/demo/index.ts'
import { openHub } from '../server/hub.ts'
import { openImports } from '../server/imports.ts'
import { failInterrupted } from '../server/intake/index.ts'
import { startMeasuring } from '../server/measurement/index.ts'
import { readConfig } from '../server/platform/config.ts'
import { openSecrets } from '../server/platform/secrets.ts'
import { sql } from '../server/platform/sql.ts'
import { openStore } from '../server/store.ts'
import { reviewReplies, sweepReplies } from '../server/surveys/index.ts'
import { textFlag } from './flags.ts'
import { buildPage } from './page.ts'
import { talk } from './print.ts'
import type { Command } from './run.ts'

const log = (line: string) => process.stderr.write(`${line}\n`)

export const command: Command = async (_words, flags) => {
  const config = readConfig(process.env, {
    port: textFlag(flags, 'port'),
    host: textFlag(flags, 'host'),
    data: textFlag(flags, 'data'),
  })
  await buildPage()
  const store = await openStore(config, log, { alone: true })
  const now = () => new Date()
  const secrets = openSecrets(config.dataDir)
  const organizations = await store.db.global<{ id: string }>(
    sql`select distinct organization_id as id from access.login`,
  )
  for (const { id } of organizations) await failInterrupted(store.db, id, now())
  const imports = openImports({ app: store.connections.app, dataDir: config.dataDir, log })
  const hub = await openHub(store.db)
  const purge = () =>
    purgeAccess(store.db, now()).catch((error: unknown) =>
      log(`purge: ${error instanceof Error ? error.message : String(error)}`),
    )
  await purge()
  const purging = setInterval(purge, 3_600_000)
  const measuring = await startMeasuring(store.db, {
    now,
    log,
    reviews: [reviewClocks, reviewReplies],
    sweeps: [sweepClocks, sweepReplies],
  })
  const app = await buildApp(
    { db: store.db, dataDir: config.dataDir, secrets, imports, hub, now, importedRows: imports.importedRows },
    { log: true },
  )
  if (flags.demo) await ensureDemoOrganization(store.db, { now: now(), secrets })
  const address = await listen(app, config)
  writeFileSync(join(config.dataDir, 'address'), `${address}\n`)
  await greet()

  let ending = false
  const stop = async (): Promise<void> => {
    if (ending) return
    ending = true
    rmSync(join(config.dataDir, 'address'), { force: true })
    await app.close()
    await imports.stop()
    clearInterval(purging)
    await measuring.stop()
    await hub.stop()
    await store.close()
    process.exit(process.exitCode ?? 0)
  }
  process.once('SIGINT', () => void stop())
  process.once('SIGTERM', () => void stop())
  store.embedded?.lost.then((error) => {
    talk(error.zh, error.en)
    process.exitCode = 5
    return stop()
  })
  await new Promise(() => {})
  return 0

  async function greet(): Promise<void> {
    if (flags.demo) {
      talk(
        `✔ 已启动 ${address}\n  示例账号 ${demoSignIn.login} / ${demoSignIn.password}`,
        `✔ Started at ${address}\n  demo sign-in ${demoSignIn.login} / ${demoSignIn.password}`,
      )
      return
    }
    if (!(await waitsForSetUp(store.db))) {
      talk(`✔ 已启动 ${address}`, `✔ Started at ${address}`)
      return
    }
    const code = makeSetUpCode(config.dataDir)
    talk(
      `✔ 已启动 ${address}/setup?code=${code}\n  初始化码 ${code}（30 分钟内有效，只能用一次）`,
      `✔ Started at ${address}/setup?code=${code}\n  set-up code ${code} (for 30 minutes, once)`,
    )
  }
}

async function listen(
  app: Awaited<ReturnType<typeof buildApp>>,
  config: { host: string; port: number },
): Promise<string> {
  try {
    return await app.listen({ host: config.host, port: config.port })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      talk(
        `端口 ${config.port} 已被占用。请用 --port 换一个端口，或先停止占用它的程序。`,
        `Port ${config.port} is in use. Choose another with --port, or stop what uses it.`,
      )
      process.exit(5)
    }
    throw error
  }
}
