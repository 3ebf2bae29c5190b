import type { Readable } from 'node:stream'
import * as contract from '../../contract/standards.ts'
import { policies } from '../access/index.ts'
import type { Tx } from '../platform/database.ts'
import { withFile } from '../platform/http/receive-file.ts'
import { sendWorkbook } from '../platform/http/send-workbook.ts'
import { serve } from '../platform/http/serve.ts'
import { notFound } from '../platform/refusal.ts'
import { calendarRoutes } from './calendar-routes.ts'
import { draftRoutes } from './draft-routes.ts'
import { endDraft } from './drafts.ts'
import { packs } from './packs.ts'
import { weighPairs } from './pairwise.ts'
import { isNoHeader, readIndicatorSheet } from './read-file.ts'
import { type Known, readTable } from './read-table.ts'
import { ruleSentence, targetText } from './sentences.ts'
import type { MeasuresKnown, MeasureWords, Pack } from './shapes.ts'
import { listStandards, publishStandard } from './standards.ts'
import { writeTable } from './write-table.ts'

interface Sheet {
  header: string[]
  rows: string[][]
}

/** Measures and the reader of files are handed in: they are of modules after this one. */
export const standardsRoutes = (
  packWords: (measure: string) => MeasureWords,
  measuresKnown: (tx: Tx) => Promise<MeasuresKnown>,
  readSheet: (path: string, name: string, most: number) => Promise<Sheet>,
) => [
  ...calendarRoutes,
  ...draftRoutes,
  serve(contract.listStandards, policies.readingStandards, async (tx) => ({
    items: await listStandards(tx, (await measuresKnown(tx)).words),
  })),
  serve(contract.publishStandard, policies.editingStandards, async (tx, { body }, { actor, now, audit }) => {
    if (body.draft) await endDraft(tx, body.draft)
    const { codes, words } = await measuresKnown(tx)
    const version = await publishStandard(tx, body, { authorId: actor.userId, now, knownMeasures: codes })
    audit({
      objectKind: 'standard',
      objectId: `v${version}`,
      detail: { effectiveOn: body.effectiveOn, reason: body.reason, draft: body.draft?.id },
    })
    const published = await listStandards(tx, words)
    return published.find((standard) => standard.version === version)!
  }),
  serve(contract.weighPairs, policies.editingStandards, async (_tx, { body }, { audit }) => {
    const weighed = weighPairs(body)
    audit({ objectKind: 'pairwise', detail: { weights: weighed.weights, consistency: weighed.consistency } })
    return weighed
  }),
  serve(contract.readStandardCells, policies.editingStandards, async (tx, { body }) => ({
    items: readTable(body.rows.filter(isNoHeader), await known(tx, await measuresKnown(tx))),
  })),
  serve(
    contract.readStandardFile,
    policies.editingStandards,
    async (_tx, { query }, { db, scope, request }) => {
      const read = (path: string) => readSheet(path, query.fileName, mostRows)
      const sheet = await withFile(request.body as Readable, mostBytes, read)
      const all = await db.transaction(scope, async (tx) => known(tx, await measuresKnown(tx)), {
        readOnly: true,
      })
      return { items: readIndicatorSheet(sheet, all) }
    },
    'own',
  ),
  serve(
    contract.downloadStandard,
    policies.readingStandards,
    async (_tx, { query }, { db, scope, reply }) => {
      const read = async (tx: Tx) => {
        const { words } = await measuresKnown(tx)
        return { words, all: await listStandards(tx, words) }
      }
      const { words, all } = await db.transaction(scope, read, { readOnly: true })
      const found = all.find(({ version }) => version === query.version)
      if (!found) throw notFound()
      const name = `售后服务质量监测指标表_第${found.version}版_${found.effectiveOn}.xlsx`
      return sendWorkbook(reply, name, (path) => writeTable(path, found, words))
    },
    'own',
  ),
  serve(
    contract.listPacks,
    policies.anyone,
    async () => ({ items: packs.map((pack) => packReply(pack, packWords)) }),
    'own',
  ),
]

const mostRows = 200
const mostBytes = 2 * 1024 ** 2

/** What the newest version measures is what a name in a table most likely means. */
async function known(tx: Tx, { codes, words }: MeasuresKnown): Promise<Known> {
  const [newest] = await listStandards(tx, words)
  const indicators = (newest?.indicators ?? []).map(
    ({ sentence: _s, targetText: _t, definition: _d, unit: _u, ...indicator }) => indicator,
  )
  return { indicators, measures: codes, words }
}

const packReply = (
  { name, title, source, basedOn, indicators, timeLimits }: Pack,
  words: (measure: string) => MeasureWords,
) => ({
  name,
  title,
  source,
  basedOn: basedOn ?? null,
  timeLimits,
  indicators: indicators.map((indicator) => {
    const { rule, target, measure } = indicator
    const { unit } = words(measure)
    return { ...indicator, targetText: targetText(target, unit), sentence: ruleSentence(rule, target, unit) }
  }),
})
