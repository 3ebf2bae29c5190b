import * as contract from '../../../contract/measurement-own.ts'
import { policies } from '../../access/index.ts'
import { serve } from '../../platform/http/serve.ts'
import { previewOwn } from './preview.ts'
import { changeOwn, createOwn, deleteOwn, listOwn } from './store.ts'

const objectKind = 'own_measure'

export const ownRoutes = [
  serve(contract.listOwnMeasures, policies.readingStandards, async (tx) => ({ items: await listOwn(tx) })),
  serve(contract.createOwnMeasure, policies.editingStandards, async (tx, { body }, { actor, now, audit }) => {
    const made = await createOwn(tx, body, { userId: actor.userId, now })
    const { code, definition } = made
    audit({ objectKind, objectId: made.id, detail: { code, definition } })
    return made
  }),
  serve(
    contract.changeOwnMeasure,
    policies.editingStandards,
    async (tx, { params: { id }, body }, { actor, now, audit }) => {
      const { before, after } = await changeOwn(tx, id, body, { userId: actor.userId, now })
      const { code, version, definition } = after
      audit({ objectKind, objectId: id, detail: { code, version, before: before.definition, definition } })
      return after
    },
  ),
  serve(contract.deleteOwnMeasure, policies.editingStandards, async (tx, { params: { id } }, { audit }) => {
    const { code, definition } = await deleteOwn(tx, id)
    audit({ objectKind, objectId: id, detail: { code, definition } })
    return {}
  }),
  // Nothing is changed by trying.
  serve(
    contract.previewOwnMeasure,
    policies.editingStandards,
    (_tx, { body }, { db, scope }) => db.transaction(scope, (tx) => previewOwn(tx, body), { readOnly: true }),
    'own',
  ),
]
