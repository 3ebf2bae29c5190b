import { z } from 'zod'
import { publishStandard } from '../../../contract/standards.ts'
import type { Limit, Row } from './rows.ts'

/** What is being edited, kept in this browser until it is published or thrown away. */
export interface KeptDraft {
  basedOn: number
  rows: Row[]
  limits: Limit[]
  effectiveOn: string
  reason: string
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
})

const keyOf = (organizationId: string, userId: string) => `zhihuan.draft.standard.${organizationId}.${userId}`

/** The draft of this person in this browser; one that no longer fits is as good as none. */
export function keptDraft(organizationId: string, userId: string): KeptDraft | undefined {
  const text = localStorage.getItem(keyOf(organizationId, userId))
  if (text === null) return undefined
  try {
    return kept.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

export function keepDraft(organizationId: string, userId: string, draft: KeptDraft | undefined): void {
  const key = keyOf(organizationId, userId)
  if (draft) localStorage.setItem(key, JSON.stringify(draft))
  else localStorage.removeItem(key)
}
