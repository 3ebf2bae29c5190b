import * as contract from '../../contract/surveys.ts'
import { invitations } from '../../contract/surveys-invitations.ts'
import { servedByHand, serveRecords } from '../cases/index.ts'
import type { Secrets } from '../platform/secrets.ts'
import { createFeedback, createResponse, editFeedback, editResponse } from './enter.ts'
import { invitationRecords } from './invitations.ts'
import { listFeedback, listResponses, readFeedback, readResponse } from './ratings.ts'

export const surveysRoutes = (secrets: Secrets) => [
  ...serveRecords(secrets, contract.responses, {
    objectKind: 'response',
    list: listResponses,
    read: readResponse,
    create: createResponse,
    edit: editResponse,
  }),
  ...serveRecords(secrets, contract.feedback, {
    objectKind: 'feedback',
    list: (tx, query, zoneName) => listFeedback(tx, secrets, query, zoneName),
    read: (tx, id) => readFeedback(tx, secrets, id),
    create: (tx, given, context) => createFeedback(tx, secrets, given, context),
    edit: (tx, id, given, how) => editFeedback(tx, secrets, id, given, how),
  }),
  ...serveRecords(secrets, invitations, servedByHand(secrets, 'invitation', invitationRecords)),
]
