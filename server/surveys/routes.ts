import * as contract from '../../contract/surveys.ts'
import { policies } from '../access/index.ts'
import { handSource, organizationOf } from '../directory/index.ts'
import { homeUnitOf } from '../platform/actor.ts'
import type { Tx } from '../platform/database.ts'
import { type Call, serve } from '../platform/http/serve.ts'
import { type FieldChange, sealChanges } from '../platform/record-change.ts'
import type { Secrets } from '../platform/secrets.ts'
import { createFeedback, createResponse, editFeedback, editResponse } from './enter.ts'
import { listFeedback, listResponses, readFeedback, readResponse } from './ratings.ts'

const byHand = async (tx: Tx, call: Call) => ({
  now: call.now,
  sourceId: await handSource(tx, call.now),
  homeUnitId: homeUnitOf(call.actor, call.scope),
})

export const surveysRoutes = (secrets: Secrets) => [...responseRoutes(secrets), ...feedbackRoutes(secrets)]

const responseRoutes = (secrets: Secrets) => [
  serve(contract.listResponses, policies.readingRecords, async (tx, { query }) =>
    listResponses(tx, query, (await organizationOf(tx)).zone.name),
  ),
  serve(contract.readResponse, policies.readingRecords, (tx, { params }) => readResponse(tx, params.id)),
  serve(contract.createResponse, policies.recording, async (tx, { body }, call) => {
    const made = await createResponse(tx, body, await byHand(tx, call))
    call.audit({ objectKind: 'response', objectId: made.id })
    return made
  }),
  serve(contract.editResponse, policies.recording, (tx, { params, body: { version, ...given } }, call) =>
    editResponse(tx, params.id, given, edit(secrets, tx, call, 'response', params.id, version)),
  ),
  serve(contract.excludeResponse, policies.excluding, async (tx, { params, body }, call) => {
    const { version } = await readResponse(tx, params.id)
    const how = edit(secrets, tx, call, 'response', params.id, version)
    return editResponse(tx, params.id, { excludedReason: body.reason }, how)
  }),
  serve(contract.includeResponse, policies.excluding, async (tx, { params }, call) => {
    const { version } = await readResponse(tx, params.id)
    const how = edit(secrets, tx, call, 'response', params.id, version)
    return editResponse(tx, params.id, { excludedReason: null }, how)
  }),
]

const feedbackRoutes = (secrets: Secrets) => [
  serve(contract.listFeedback, policies.readingRecords, async (tx, { query }) =>
    listFeedback(tx, secrets, query, (await organizationOf(tx)).zone.name),
  ),
  serve(contract.readFeedback, policies.readingRecords, (tx, { params }) =>
    readFeedback(tx, secrets, params.id),
  ),
  serve(contract.createFeedback, policies.recording, async (tx, { body }, call) => {
    const made = await createFeedback(tx, secrets, body, await byHand(tx, call))
    call.audit({ objectKind: 'feedback', objectId: made.id })
    return made
  }),
  serve(contract.editFeedback, policies.recording, (tx, { params, body: { version, ...given } }, call) =>
    editFeedback(tx, secrets, params.id, given, edit(secrets, tx, call, 'feedback', params.id, version)),
  ),
  serve(contract.excludeFeedback, policies.excluding, async (tx, { params, body }, call) => {
    const { version } = await readFeedback(tx, secrets, params.id)
    const how = edit(secrets, tx, call, 'feedback', params.id, version)
    return editFeedback(tx, secrets, params.id, { excludedReason: body.reason }, how)
  }),
  serve(contract.includeFeedback, policies.excluding, async (tx, { params }, call) => {
    const { version } = await readFeedback(tx, secrets, params.id)
    const how = edit(secrets, tx, call, 'feedback', params.id, version)
    return editFeedback(tx, secrets, params.id, { excludedReason: null }, how)
  }),
]

/** An edit of the version seen, whose changes go into its audit row. */
const edit = (
  secrets: Secrets,
  tx: Tx,
  call: Call,
  objectKind: string,
  objectId: string,
  version: number,
) => ({
  version,
  now: call.now,
  told: (changes: FieldChange[]) =>
    call.audit({
      objectKind,
      objectId,
      detail: { version: version + 1, ...sealChanges(secrets, tx.organizationId, changes) },
    }),
})
