import * as contract from '../../contract/measurement.ts'
import { policies } from '../access/index.ts'
import type { Tx } from '../platform/database.ts'
import { type Call, serve } from '../platform/http/serve.ts'
import { type Closer, closePeriod, readyToClose, restatePeriod } from './closing.ts'
import {
  copyDifference,
  lateChanges,
  listPeriods,
  periodState,
  readTheCopy,
  readThePeriod,
} from './periods.ts'

/** Closing periods, stating them anew, and reading what was frozen. */
export const periodRoutes = [
  serve(contract.listPeriods, policies.signedIn, (tx, { query }, { now }) => listPeriods(tx, query, now)),
  serve(contract.readPeriod, policies.signedIn, (tx, { params, query }, { now }) =>
    readThePeriod(tx, params.period, query.unit, now),
  ),
  serve(contract.closePeriod, policies.closingPeriods, async (tx, { params: { period }, body }, call) => {
    const closer = await ready(tx, call, body.note)
    const { number, cards, sha256 } = await closePeriod(tx, period, closer)
    call.audit({
      objectKind: 'period',
      objectId: period,
      detail: { copy: number, note: body.note, cards, sha256 },
    })
    return periodState(tx, period, call.now)
  }),
  serve(contract.restatePeriod, policies.closingPeriods, async (tx, { params: { period }, body }, call) => {
    const closer = await ready(tx, call, body.reason)
    const { number, cards, sha256, moved } = await restatePeriod(tx, period, closer)
    call.audit({
      objectKind: 'period',
      objectId: period,
      detail: { copy: number, reason: body.reason, cards, sha256, moved },
    })
    return periodState(tx, period, call.now)
  }),
  serve(contract.readCopy, policies.signedIn, (tx, { params, query }) =>
    readTheCopy(tx, { ...params, unit: query.unit }),
  ),
  serve(contract.readCopyDifference, policies.readingRecords, (tx, { params, query }) =>
    copyDifference(tx, params.period, params.number, query.against),
  ),
  serve(contract.readLateChanges, policies.readingRecords, (tx, { params }, { now }) =>
    lateChanges(tx, params.period, now),
  ),
]

async function ready(tx: Tx, { db, now, actor }: Call, note: string): Promise<Closer> {
  await readyToClose(db, tx.organizationId, now)
  return { by: { id: actor.userId, name: actor.name }, now, note }
}
