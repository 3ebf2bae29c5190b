import * as contract from '../../contract/standards.ts'
import { policies } from '../access/index.ts'
import { serve } from '../platform/http/serve.ts'
import { createDraft, deleteDraft, listDrafts, readDraft, saveDraft } from './drafts.ts'

const objectKind = 'standard_draft'

export const draftRoutes = [
  serve(contract.listDrafts, policies.editingStandards, async (tx) => ({ items: await listDrafts(tx) })),
  serve(contract.readDraft, policies.editingStandards, (tx, { params: { id } }) => readDraft(tx, id)),
  serve(contract.createDraft, policies.editingStandards, async (tx, { body }, { actor, now, audit }) => {
    const draft = await createDraft(tx, body, { userId: actor.userId, now })
    audit({ objectKind, objectId: draft.id, detail: { name: draft.name, version: draft.version } })
    return draft
  }),
  serve(
    contract.saveDraft,
    policies.editingStandards,
    async (tx, { params: { id }, body }, { actor, now, audit }) => {
      audit({ objectKind, objectId: id, detail: { name: body.name, opened: body.version } })
      return saveDraft(tx, id, body, { userId: actor.userId, now })
    },
  ),
  serve(contract.deleteDraft, policies.editingStandards, async (tx, { params: { id } }, { audit }) => {
    const { name, version } = await readDraft(tx, id)
    audit({ objectKind, objectId: id, detail: { name, version } })
    await deleteDraft(tx, id)
    return {}
  }),
]
