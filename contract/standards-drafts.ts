import { z } from 'zod'
import { id, instant, route } from './route.ts'

/** A number that may still be half typed. */
const typed = z.string().max(40)

const rule = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('deduct'), points: typed, per: typed, step: typed }),
  z.strictObject({
    kind: z.literal('bands'),
    bands: z.array(z.strictObject({ from: typed, score: typed })).max(20),
  }),
  z.strictObject({ kind: z.literal('between'), floor: typed }),
  z.strictObject({ kind: z.literal('pass_fail') }),
])

const row = z.strictObject({
  key: z.string().max(200),
  draft: z.strictObject({
    code: z.string().max(80),
    measure: z.string().max(80),
    nameZh: z.string().max(80),
    nameEn: z.string().max(120),
    dimension: z.string().max(40),
    source: z.string().max(80),
    period: z.string().max(10),
    weight: typed,
    target: z.strictObject({ operator: z.string().max(2), value: typed }),
    rule,
    minimumN: z.number().int(),
    scope: z.record(z.string().max(20), z.string().max(200).optional()).optional(),
  }),
  /** Cells that came as text and were not understood yet. */
  unread: z
    .array(
      z.strictObject({
        column: z.string().max(20),
        text: z.string().max(2000),
        why: z.strictObject({ zh: z.string().max(1000), en: z.string().max(1000) }),
      }),
    )
    .max(20),
})

const limit = z.strictObject({
  clock: z.string().max(20),
  priority: z.string().max(20),
  complexity: z.string().max(20),
  channel: z.string().max(40),
  faultLevel: z.string().max(200).default(''),
  seconds: z.number().int(),
  runs: z.string().max(20),
})

/** The next version as it stands in the page; whether it can be published is asked when it is. */
export const draftContent = z.strictObject({
  /** the version of the standard it began from */
  basedOn: z.number().int(),
  rows: z.array(row).max(60),
  limits: z.array(limit).max(200),
  effectiveOn: z.string().max(10),
  reason: z.string().max(400),
})

const name = z.string().trim().min(1).max(60)
const draftVersion = z.number().int().min(1)

const draftHead = z.object({
  id,
  name: z.string(),
  version: z.number().int(),
  /** names of who began it and who saved it last; null for an account that is gone */
  createdBy: z.string().nullable(),
  changedBy: z.string().nullable(),
  changedAt: instant,
})
const draft = z.object({ ...draftHead.shape, content: draftContent })
export type StoredDraft = z.infer<typeof draft>

const byId = z.strictObject({ id })

export const listDrafts = route({
  name: 'listDrafts',
  method: 'GET',
  path: '/api/standards/drafts',
  summary: { zh: '标准的草稿', en: 'Drafts of the next version, the last saved first' },
  reply: z.object({ items: z.array(draftHead) }),
})

export const readDraft = route({
  name: 'readDraft',
  method: 'GET',
  path: '/api/standards/drafts/:id',
  summary: { zh: '一份草稿', en: 'One draft' },
  params: byId,
  reply: draft,
})

export const createDraft = route({
  name: 'createDraft',
  method: 'POST',
  path: '/api/standards/drafts',
  summary: { zh: '保存为新草稿', en: 'Save as a new draft' },
  body: z.strictObject({ name, content: draftContent }),
  reply: draft,
  status: 201,
  refusals: ['too_many_drafts'],
})

export const saveDraft = route({
  name: 'saveDraft',
  method: 'PUT',
  path: '/api/standards/drafts/:id',
  summary: {
    zh: '保存草稿：须给出打开时的版本，他人已保存则不覆盖',
    en: 'Save a draft; names the version that was opened and never overwrites a later one',
  },
  params: byId,
  body: z.strictObject({ version: draftVersion, name, content: draftContent }),
  reply: draft,
  refusals: ['changed_meanwhile'],
})

export const deleteDraft = route({
  name: 'deleteDraft',
  method: 'DELETE',
  path: '/api/standards/drafts/:id',
  summary: { zh: '删除草稿', en: 'Delete a draft' },
  params: byId,
})

/** The draft a version was published from, as it was opened; it ends with the publication. */
export const draftPublished = z.strictObject({ id, version: draftVersion })
