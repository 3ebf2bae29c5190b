import { z } from 'zod'
import { publishStandard, type StoredDraft } from '../../../contract/standards.ts'
import type { Limit, Row } from './rows.ts'

/** The draft on the server that is being worked on, as it was opened. */
export interface DraftRef {
  id: string
  version: number
  name: string
}

/** What is being edited, kept in this browser until it is saved, published or thrown away. */
export interface KeptDraft {
  basedOn: number
  rows: Row[]
  limits: Limit[]
  effectiveOn: string
  reason: string
  /** absent while it is in this browser alone */
  draft?: DraftRef | undefined
}

const body = publishStandard.body
const draft = body.shape.indicators.element
const kept = z.object({
  basedOn: z.number(),
  // A draft may hold what cannot be published yet: a measure still to choose, a number half typed.
  rows: z.array(
    z.object({
      key: z.string(),
      draft: draft.extend({
        measure: z.string(),
        nameZh: z.string(),
        nameEn: z.string(),
        dimension: z.string(),
        weight: z.string(),
        target: z.object({ operator: z.enum(['<=', '>=']), value: z.string() }),
        rule: z.custom<Row['draft']['rule']>(
          (rule) => typeof rule === 'object' && rule !== null && 'kind' in rule,
        ),
      }),
      unread: z.array(z.custom<Row['unread'][number]>((one) => typeof one === 'object' && one !== null)),
    }),
  ),
  limits: body.shape.timeLimits.unwrap(),
  effectiveOn: z.string(),
  reason: z.string(),
  draft: z.object({ id: z.string(), version: z.number(), name: z.string() }).optional(),
})

/** Whose, and of which draft on the server; without one it is the draft that is in this browser alone. */
export interface Place {
  organizationId: string
  userId: string
  draftId: string | undefined
}

const keyOf = ({ organizationId, userId, draftId }: Place) =>
  ['zhihuan.draft.standard', organizationId, userId, ...(draftId ? [draftId] : [])].join('.')

/** The draft of this person in this browser; one that no longer fits is as good as none. */
export function keptDraft(place: Place): KeptDraft | undefined {
  const text = localStorage.getItem(keyOf(place))
  if (text === null) return undefined
  try {
    return kept.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

export function keepDraft(place: Place, draft: KeptDraft | undefined): void {
  const key = keyOf(place)
  if (draft) localStorage.setItem(key, JSON.stringify(draft))
  else localStorage.removeItem(key)
}

export const refOf = ({ id, version, name }: DraftRef): DraftRef => ({ id, version, name })

/** A draft of the server as the page edits it; undefined for one that no longer fits the page. */
export const openedDraft = (stored: StoredDraft): KeptDraft | undefined =>
  kept.safeParse({ ...stored.content, draft: refOf(stored) }).data
