import { keepsUnused, kinds } from '../../contract/intake-shapes.ts'
import { eventFields, workOrderFields } from './fields-cases.ts'
import { callFields } from './fields-contacts.ts'
import { costFields } from './fields-costs.ts'
import { peopleFields, productFields } from './fields-directory.ts'
import { inspectionFields } from './fields-inspections.ts'
import { messageFields } from './fields-messages.ts'
import { purchaseFields } from './fields-purchases.ts'
import { attendanceFields, trainingFields } from './fields-staff.ts'
import { feedbackFields, invitationFields, responseFields } from './fields-surveys.ts'

export { keepsUnused, kinds }

/** What the rows of a file are. */
export type Kind = (typeof kinds)[number]

export type FieldType =
  | 'text'
  | 'instant'
  | 'date'
  | 'decimal'
  | 'hours'
  | 'points'
  | 'integer'
  | 'boolean'
  | 'rating'
  | 'nps'
  | 'enum'
  | 'category'

/** A thing a column may hold. */
export interface Field {
  /** As mapping files and records call it. */
  name: string
  zh: string
  en: string
  type: FieldType
  /** For an enum: whose words. */
  words?:
    | 'priority'
    | 'complexity'
    | 'channel'
    | 'feedback-status'
    | 'inspection-kind'
    | 'training-kind'
    | 'message-sender'
    | 'cost-kind'
  /** Of hours and points: more than this is a slip. */
  most?: number
  required?: true
  /** Names a person or tells how to reach one. */
  personal?: true
  /** Headers that mean this field, in any language, besides name, zh and en. */
  aliases: string[]
}

export const fields: Record<Kind, readonly Field[]> = {
  'work-orders': workOrderFields,
  events: eventFields,
  feedback: feedbackFields,
  responses: responseFields,
  invitations: invitationFields,
  calls: callFields,
  inspections: inspectionFields,
  trainings: trainingFields,
  purchases: purchaseFields,
  attendance: attendanceFields,
  messages: messageFields,
  costs: costFields,
  people: peopleFields,
  products: productFields,
}

export function isKind(word: string): word is Kind {
  return (kinds as readonly string[]).includes(word)
}

export function fieldOf(kind: Kind, name: string): Field | undefined {
  return fields[kind].find((field) => field.name === name)
}
