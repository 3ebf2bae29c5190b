import * as contract from '../../contract/surveys.ts'
import { policies } from '../access/index.ts'
import { handSource } from '../directory/index.ts'
import { homeUnitOf } from '../platform/actor.ts'
import type { Tx } from '../platform/database.ts'
import { type Call, serve } from '../platform/http/serve.ts'
import type { Secrets } from '../platform/secrets.ts'
import { createFeedback, createResponse, listFeedback, listResponses } from './ratings.ts'

const byHand = async (tx: Tx, call: Call) => ({
  now: call.now,
  sourceId: await handSource(tx, call.now),
  homeUnitId: homeUnitOf(call.actor, call.scope),
})

export const surveysRoutes = (secrets: Secrets) => [
  serve(contract.listResponses, policies.readingRecords, (tx, { query }) => listResponses(tx, query)),
  serve(contract.createResponse, policies.recording, async (tx, { body }, call) => {
    const made = await createResponse(tx, body, await byHand(tx, call))
    call.audit({ objectKind: 'response', objectId: made.id })
    return made
  }),
  serve(contract.listFeedback, policies.readingRecords, (tx, { query }) => listFeedback(tx, secrets, query)),
  serve(contract.createFeedback, policies.recording, async (tx, { body }, call) => {
    const made = await createFeedback(tx, secrets, body, await byHand(tx, call))
    call.audit({ objectKind: 'feedback', objectId: made.id })
    return made
  }),
]
