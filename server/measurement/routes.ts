import * as contract from '../../contract/measurement.ts'
import { policies } from '../access/index.ts'
import { organizationOf } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { type Call, serve, serveShared } from '../platform/http/serve.ts'
import { joinSql, type Sql, sql } from '../platform/sql.ts'
import { dayToDate } from '../platform/time.ts'
import { catalogueFor, wholeCatalogue } from './catalogue.ts'
import { comparison } from './comparison.ts'
import { distribution } from './distribution.ts'
import { explain } from './explain.ts'
import { describeMeasure } from './explain-measure.ts'
import { minimumOn } from './explain-minimum.ts'
import { describeRecords } from './explain-records.ts'
import { failingFeeds } from './feeds.ts'
import { figures } from './figures.ts'
import { findings } from './findings.ts'
import { cellState, keptAt, keptAtState } from './kept-at-state.ts'
import { measuredKindsList } from './kinds/kinds.ts'
import { ownRoutes } from './own/routes.ts'
import type { Question } from './question.ts'
import { records } from './records.ts'
import { replay } from './replay.ts'
import { type FigureHub, sendFigureEvents } from './routes-events.ts'
import {
  figureColumns,
  recordColumns,
  scorecardColumns,
  scorecardLines,
  sendCsv,
  sendXlsx,
} from './routes-files.ts'
import { periodRoutes } from './routes-periods.ts'
import { cursorOf, placeOf, questionOf, scorecardQuestionOf, whereOf } from './routes-query.ts'
import { measuredAt, scorecard } from './scorecard.ts'
import { trial } from './trial.ts'

export const measurementRoutes = (hub: FigureHub) => [
  serve(contract.listMeasures, policies.signedIn, async (tx) => ({
    items: (await wholeCatalogue(tx)).measures.map(describeMeasure),
  })),
  serveShared(contract.readFigures, policies.signedIn, {
    read: ({ db, scope, now }, { params: { code }, query }) =>
      db.transaction(
        scope,
        async (tx) => {
          const { unit, better, version } = (await catalogueFor(tx, [code])).of(code)
          const [rows, { zone }, at] = await Promise.all([
            figuresAsked(tx, code, questionOf(query), now),
            organizationOf(tx),
            measuredAt(tx),
          ])
          return { code, measuredIn: unit, better, version, zone: zone.name, measuredAt: at, rows }
        },
        { readOnly: true },
      ),
  }),
  figuresFile(contract.downloadFigures, sendCsv),
  figuresFile(contract.downloadFiguresSheet, sendXlsx),
  serve(contract.readRecords, policies.readingRecords, async (tx, { params: { code }, query }, { now }) => {
    const { limit, cursor } = query
    const page = { after: placeOf(cursor), limit: limit + 1, now }
    const found = await records(tx, code, questionOf(query), page)
    const shown = found.items.slice(0, limit)
    const last = shown.at(-1)
    return {
      items: await describeRecords(tx, shown),
      next: last && found.items.length > limit ? cursorOf(last) : null,
      total: found.total,
      excluded: found.excluded,
    }
  }),
  recordsFile(contract.downloadRecords, sendCsv),
  recordsFile(contract.downloadRecordsSheet, sendXlsx),
  serve(
    contract.explainFigure,
    policies.readingRecords,
    (tx, { params: { code }, query: { period, ...filters } }, call) =>
      explain(tx, code, { period, where: whereOf(filters) }, call),
  ),
  serveShared(contract.readScorecard, policies.signedIn, {
    kept: {
      beside: cellState,
      answer: ({ scope, now }, { query }, state) => keptAt(scope, state, now, ['scorecard', query]),
    },
    // Of one moment: what is kept must not hold what changed after its state was read.
    read: ({ db, scope, now }, { query }) =>
      db.transaction(
        scope,
        (tx) =>
          keptAtState(tx, now, ['scorecard', query], () =>
            scorecard(tx, scorecardQuestionOf(query), { now }),
          ),
        { readOnly: true, repeatableRead: true },
      ),
  }),
  serve(
    contract.downloadScorecard,
    policies.signedIn,
    async (_tx, { query }, call) => {
      const { language, reply } = call
      const card = await reading(call, (tx) => scorecard(tx, scorecardQuestionOf(query), call))
      const name = `scorecard-${card.period}${card.copy ? `-copy-${card.copy.number}` : ''}`
      sendCsv(reply, name, scorecardColumns(language), scorecardLines(card), language)
      return undefined
    },
    'own',
  ),
  // Nothing is changed by trying, and the figures are read in statements sent together.
  serve(
    contract.tryStandard,
    policies.editingStandards,
    (_tx, { body }, call) => reading(call, (tx) => trial(tx, body, call)),
    'own',
  ),
  serve(
    contract.replayStandard,
    policies.editingStandards,
    (_tx, { body }, call) => reading(call, (tx) => replay(tx, body, call)),
    'own',
  ),
  serve(contract.readComparison, policies.signedIn, async (tx, { query }, call) => ({
    period: query.period,
    items: await comparison(tx, scorecardQuestionOf(query), call),
  })),
  serve(contract.readFindings, policies.signedIn, async (tx, { query }, call) => ({
    period: query.period,
    items: await findings(tx, scorecardQuestionOf(query), call),
  })),
  serve(contract.readDistribution, policies.signedIn, (tx, { params: { code }, query }) =>
    distribution(tx, code, questionOf(query)),
  ),
  serve(contract.readFeeds, policies.signedIn, async (tx) => ({ failing: await failingFeeds(tx) })),
  ...periodRoutes,
  ...ownRoutes,
  serve(contract.readPeriods, policies.signedIn, (tx, _input, { now }) => readPeriods(tx, now)),
  serve(
    contract.figureEvents,
    policies.signedIn,
    async (_tx, _input, call) => {
      sendFigureEvents(hub, call)
      return undefined
    },
    'own',
  ),
]

const figuresAsked = (tx: Tx, code: string, question: Question, now: Date) => {
  const minimumN = minimumOn(tx, question.fromDay)
  // A question that is refused before it is looked at waits for no minimum.
  minimumN.catch(() => {})
  return figures(tx, code, question, { now, minimumN })
}

const figuresFile = (route: typeof contract.downloadFigures, send: typeof sendCsv | typeof sendXlsx) =>
  serve(
    route,
    policies.signedIn,
    async (_tx, { params: { code }, query }, call) => {
      const rows = await reading(call, (tx) => figuresAsked(tx, code, questionOf(query), call.now))
      await send(
        call.reply,
        `${code}-${query.from}-${query.to}`,
        figureColumns(query.across !== undefined),
        rows,
        call.language,
      )
      return undefined
    },
    'own',
  )

const recordsFile = (route: typeof contract.downloadRecords, send: typeof sendCsv | typeof sendXlsx) =>
  serve(
    route,
    policies.readingRecords,
    async (_tx, { params: { code }, query }, call) => {
      const rows = await reading(call, (tx) => recordsAsked(tx, code, questionOf(query), call.now))
      await send(call.reply, `${code}-records-${query.from}-${query.to}`, recordColumns, rows, call.language)
      return undefined
    },
    'own',
  )

const recordsAsked = async (tx: Tx, code: string, question: Question, now: Date) =>
  describeRecords(tx, (await records(tx, code, question, { limit: Number.MAX_SAFE_INTEGER, now })).items)

/** A file is sent once its transaction under the call's scope is over: a slow reader holds no connection. */
const reading = <T>({ db, scope }: Call, work: (tx: Tx) => Promise<T>): Promise<T> =>
  db.transaction(scope, work, { readOnly: true, timeoutMs: 120_000 })

async function readPeriods(tx: Tx, now: Date) {
  const { zone } = await organizationOf(tx)
  const ends = measuredKindsList.map(
    ({ table, place }) => sql`
      (select min(${code(place)}) as first, max(${code(place)}) as last from ${code(table)}
      where organization_id = ${tx.organizationId})`,
  )
  const span = await tx.one<{ first: Date | null; last: Date | null }>(sql`
    select min(first) as first, max(last) as last from (${joinSql(ends, ' union all ')}
      union all select null, max(resolved_at) from cases.work_order where organization_id = ${tx.organizationId}) ends`)
  const date = (at: Date | null | undefined) => (at ? dayToDate(zone.localDay(at.getTime())) : null)
  return {
    from: date(span?.first),
    to: date(span?.last),
    today: dayToDate(zone.localDay(now.getTime())),
    measuredAt: await measuredAt(tx),
  }
}

/** A name out of the list of kinds. */
const code = (name: string): Sql => ({ text: name, values: [] })
