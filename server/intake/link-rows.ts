import type { FactSink } from '../platform/change.ts'
import type { Tx } from '../platform/database.ts'
import type { Outcome } from '../platform/fact-table.ts'
import { awaitedOrders, linkSurveys, touchedSurveys } from '../surveys/index.ts'

/** Notes what an import changes of orders, invitations and responses, and puts together at its end what they say of each other. */
export function openLinks(context: { sink: FactSink; now: Date }) {
  const touched = touchedSurveys()
  const link = (tx: Tx) => linkSurveys(tx, touched, context)
  return {
    link,
    /** Invitations or responses. */
    note: async (tx: Tx, outcomes: readonly Outcome[]): Promise<void> => {
      for (const outcome of outcomes) {
        if (outcome.outcome === 'rejected' || outcome.outcome === 'unchanged') continue
        touched.note(outcome.row)
        touched.note(outcome.before)
      }
      if (touched.orders.size + touched.invitations.size > mostTouched) await link(tx)
    },
    /** New orders: some may be what invitations wait for. */
    noteOrders: async (tx: Tx, numbers: string[]): Promise<void> => {
      for (const number of await awaitedOrders(tx, numbers)) touched.orders.add(number)
    },
  }
}

/** About 30 MB; what comes again later is put together again. */
const mostTouched = 200_000
