import { setUp, setUpState } from '../contract/access.ts'
import {
  accessRoutes,
  describeMe,
  dropSetUpCode,
  openSession,
  policies,
  readActor,
  setSessionCookie,
  setUpCodeFits,
  waitsForSetUp,
} from './access/index.ts'
import { casesRoutes } from './cases/index.ts'
import { demoRoutes, loadDemoInto } from './demo/index.ts'
import { directoryRoutes } from './directory/index.ts'
import type { Hub } from './hub.ts'
import type { Imports } from './imports.ts'
import { initOrganization } from './init.ts'
import { inspectionsRoutes } from './inspections/index.ts'
import { findEntered, intakeRoutes, readSheet } from './intake/index.ts'
import {
  disownCells,
  firstRecordOn,
  measurementRoutes,
  measuresKnown,
  measureWords,
  openSink,
  rebuild,
} from './measurement/index.ts'
import type { Database, Tx } from './platform/database.ts'
import { type AnyServed, serve } from './platform/http/serve.ts'
import { notFound, Refusal } from './platform/refusal.ts'
import type { Secrets } from './platform/secrets.ts'
import { purchasesRoutes } from './purchases/index.ts'
import { recordsRoutes } from './records/index.ts'
import { staffRoutes } from './staff/index.ts'
import { standardsRoutes } from './standards/index.ts'
import { surveysRoutes } from './surveys/index.ts'

/** What the HTTP side is put together from. */
export interface Parts {
  db: Database
  dataDir: string
  secrets: Secrets
  imports: Imports
  hub: Hub
  now: () => Date
  importedRows: () => number
  requestsPerMinute?: number
  trustProxy?: string[]
}

/** Every served route, module by module in their order. */
export const servedRoutes = (parts: Parts): AnyServed[] => [
  ...directoryRoutes(
    { reading: policies.signedIn, managing: policies.managing, managingWhole: policies.managingWhole },
    {
      disown: disownCells,
      recompute: async (db, organizationId, now) => {
        await rebuild(db, organizationId, { check: false, now })
      },
      firstRecordOn,
    },
  ),
  ...accessRoutes,
  ...setUpRoutes(parts),
  ...standardsRoutes(measureWords, measuresKnown, readSheet),
  ...casesRoutes(parts.secrets, findEntered),
  ...surveysRoutes(parts.secrets),
  ...inspectionsRoutes(parts.secrets),
  ...staffRoutes(parts.secrets),
  ...purchasesRoutes(parts.secrets),
  ...intakeRoutes({ runner: parts.imports, secrets: parts.secrets, openSink }),
  ...recordsRoutes(parts),
  ...measurementRoutes(parts.hub),
  ...demoRoutes(parts.secrets),
]

/** Exists only until the first administrator does. */
const setUpRoutes = (parts: Parts): AnyServed[] => [
  serve(
    setUpState,
    policies.anyone,
    async (_tx, _input, { db }) => {
      if (!(await waitsForSetUp(db))) throw notFound()
      return { waiting: true as const }
    },
    'own',
  ),
  serve(
    setUp,
    policies.anyone,
    async (_tx, { body }, { db, now, request, reply }) => {
      if (!(await waitsForSetUp(db))) throw notFound()
      if (!setUpCodeFits(parts.dataDir, body.code, now))
        throw new Refusal('setup_code_wrong', 403, {
          zh: '初始化码不正确或已过期（30 分钟）。请查看启动时打印的地址，或重新启动以获取新码。',
          en: 'The set-up code is wrong or older than 30 minutes. See the address printed at start, or start again for a new one.',
        })
      const demo = async (tx: Tx) => void (await loadDemoInto(tx, db, { now, secrets: parts.secrets }))
      const owner = await initOrganization(db, body, now, {
        onlyFirst: true,
        ...(body.demo && { andThen: demo }),
      })
      dropSetUpCode(parts.dataDir)
      const { token } = await openSession(db, owner, now)
      setSessionCookie(request, reply, token)
      return db.transaction(await db.wholeScope(owner.organizationId), async (tx) => {
        const actor = await readActor(tx, owner.userId, now)
        if (!actor) throw notFound()
        return describeMe(tx, actor, now)
      })
    },
    'own',
  ),
]
