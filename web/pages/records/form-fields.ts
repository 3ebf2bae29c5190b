import type { ListKind } from '../../../contract/list-columns.ts'
import type { WordKind } from '../../../contract/words.ts'

export interface FormField {
  /** As in the body of the route, which is also the key of its column unless `column` says another. */
  name: string
  column: string
  input:
    | 'text'
    | 'area'
    | 'choice'
    | 'yesNo'
    | 'unit'
    | 'person'
    | 'product'
    | 'instant'
    | 'day'
    | 'score'
    | 'number'
    | 'decimal'
    | 'money'
  words?: WordKind
  required?: true
  /** Not among the first few: behind "more". */
  more?: true
  /** Only when it is made: a number or a link does not change afterwards. */
  onlyNew?: true
  /** What the record read back calls it, where it holds a name: `agentId` is `agent.id`. */
  of?: string
}

const field = (name: string, input: FormField['input'], rest: Partial<FormField> = {}): FormField => ({
  name,
  column: rest.of ?? name,
  input,
  ...rest,
})
const more = { more: true } as const
const required = { required: true } as const

/** Six that must be filled, as 模板一 asks; the rest can wait. */
const workOrder: FormField[] = [
  field('customer', 'text', required),
  field('productId', 'product', { ...required, of: 'product' }),
  field('problem', 'area', required),
  field('category', 'choice', { ...required, words: 'category' }),
  field('priority', 'choice', { ...required, words: 'priority' }),
  field('receivedAt', 'instant', required),
  field('agentId', 'person', { of: 'agent' }),
  field('unitId', 'unit', { of: 'unit' }),
  field('externalId', 'text', { ...more, onlyNew: true }),
  field('channel', 'choice', { ...more, words: 'channel' }),
  field('subcategory', 'text', more),
  field('respondedAt', 'instant', more),
  field('responderId', 'person', { ...more, of: 'responder' }),
  field('startedAt', 'instant', more),
  field('resolvedAt', 'instant', more),
  field('confirmedAt', 'instant', more),
  field('plan', 'area', more),
  field('result', 'area', more),
  field('confirmation', 'text', more),
  field('status', 'text', more),
  field('contactCount', 'number', more),
  field('visits', 'number', more),
  field('firstDiagnosis', 'text', more),
  field('finalCause', 'text', more),
  field('redone', 'yesNo', { ...more, words: 'yesNo' }),
  field('planReplaced', 'yesNo', { ...more, words: 'yesNo' }),
  field('partsRequested', 'number', more),
  field('partsFilled', 'number', more),
  field('article', 'text', more),
  field('articleUsed', 'yesNo', { ...more, words: 'yesNo' }),
  field('followedUpAt', 'instant', more),
  field('reopenCount', 'number', more),
  field('cost', 'money', more),
  field('complexity', 'choice', { ...more, words: 'complexity' }),
  field('serial', 'text', more),
  field('orderNo', 'text', more),
  field('demand', 'text', more),
  field('faultLevel', 'text', more),
  field('resolutionMode', 'text', more),
  field('faultIdentifiedAt', 'instant', more),
  field('planConfirmedAt', 'instant', more),
  field('arrivedAt', 'instant', more),
  field('reopenedAt', 'instant', more),
  field('closedAt', 'instant', more),
]

const feedback: FormField[] = [
  field('customer', 'text'),
  field('productId', 'product', { of: 'product' }),
  field('problem', 'area', required),
  field('channel', 'choice', { words: 'channel' }),
  field('score', 'score'),
  field('receivedAt', 'instant', required),
  field('agentId', 'person', { of: 'agent' }),
  field('unitId', 'unit', { of: 'unit' }),
  field('status', 'choice', { ...more, words: 'feedbackStatus' }),
  field('suggestion', 'area', more),
  field('repliedAt', 'instant', more),
  field('externalId', 'text', { ...more, onlyNew: true }),
]

const response: FormField[] = [
  field('workOrder', 'text', { onlyNew: true }),
  field('submittedAt', 'instant', required),
  field('responseSpeed', 'score'),
  field('resolutionEfficiency', 'score'),
  field('attitude', 'score'),
  field('professionalism', 'score'),
  field('overall', 'score'),
  field('recommend', 'number'),
  field('suggestion', 'area'),
  field('repliedAt', 'instant', more),
  field('channelEase', 'score', more),
  field('handlingQuality', 'score', more),
  field('invitation', 'text', more),
  field('channel', 'choice', { ...more, words: 'channel' }),
  field('agentId', 'person', { ...more, of: 'agent' }),
  field('productId', 'product', { ...more, of: 'product' }),
  field('unitId', 'unit', { ...more, of: 'unit' }),
  field('externalId', 'text', { ...more, onlyNew: true }),
]

const invitation: FormField[] = [
  field('workOrder', 'text'),
  field('sentAt', 'instant', required),
  field('channel', 'choice', { words: 'channel' }),
  field('submittedAt', 'instant'),
  field('customer', 'text', more),
  field('round', 'number', more),
  field('agentId', 'person', { ...more, of: 'agent' }),
  field('productId', 'product', { ...more, of: 'product' }),
  field('unitId', 'unit', { ...more, of: 'unit' }),
  field('externalId', 'text', { ...more, onlyNew: true }),
]

const contact: FormField[] = [
  field('channel', 'choice', { ...required, words: 'channel' }),
  field('startedAt', 'instant', required),
  field('answeredAt', 'instant'),
  field('rings', 'number'),
  field('agentId', 'person', { of: 'agent' }),
  field('unitId', 'unit', { of: 'unit' }),
  field('customer', 'text', more),
  field('productId', 'product', { ...more, of: 'product' }),
  field('endedAt', 'instant', more),
  field('workOrder', 'text', { ...more, onlyNew: true }),
  field('externalId', 'text', { ...more, onlyNew: true }),
]

const inspection: FormField[] = [
  field('kind', 'choice', { ...required, words: 'inspectionKind' }),
  field('inspectedAt', 'instant', required),
  field('contactAt', 'instant'),
  field('agentId', 'person', { of: 'agent' }),
  field('unitId', 'unit', { of: 'unit' }),
  field('inspector', 'text'),
  field('items', 'area'),
  field('workOrder', 'text', { ...more, onlyNew: true }),
  field('contact', 'text', more),
  field('form', 'text', more),
  field('fieldsInspected', 'number', more),
  field('fieldsRight', 'number', more),
  field('nodesInspected', 'number', more),
  field('nodesRight', 'number', more),
  field('channel', 'choice', { ...more, words: 'channel' }),
  field('productId', 'product', { ...more, of: 'product' }),
  field('remark', 'area', more),
  field('externalId', 'text', { ...more, onlyNew: true }),
]

const training: FormField[] = [
  field('kind', 'choice', { ...required, words: 'trainingKind' }),
  field('agentId', 'person', { ...required, of: 'agent' }),
  field('course', 'text'),
  field('heldAt', 'instant', required),
  field('hours', 'decimal'),
  field('score', 'decimal'),
  field('passed', 'yesNo', { words: 'yesNo' }),
  field('unitId', 'unit', { of: 'unit' }),
  field('externalId', 'text', { ...more, onlyNew: true }),
]

const purchase: FormField[] = [
  field('orderedAt', 'instant', required),
  field('customer', 'text'),
  field('productId', 'product', { of: 'product' }),
  field('amount', 'money'),
  field('channel', 'choice', { words: 'channel' }),
  field('unitId', 'unit', { of: 'unit' }),
  field('agentId', 'person', { ...more, of: 'agent' }),
  field('externalId', 'text', { ...more, onlyNew: true }),
]

const attendance: FormField[] = [
  field('agentId', 'person', { ...required, of: 'agent' }),
  field('workedAt', 'day', required),
  field('scheduledHours', 'decimal', required),
  field('workedHours', 'decimal'),
  field('onDuty', 'yesNo', { words: 'yesNo' }),
  field('qualified', 'yesNo', { words: 'yesNo' }),
  field('unitId', 'unit', { of: 'unit' }),
  field('externalId', 'text', { ...more, onlyNew: true }),
]

const message: FormField[] = [
  field('conversation', 'text', { ...required, onlyNew: true }),
  field('sender', 'choice', { ...required, words: 'messageSender' }),
  field('sentAt', 'instant', required),
  field('agentId', 'person', { of: 'agent' }),
  field('unitId', 'unit', { of: 'unit' }),
  field('channel', 'choice', { ...more, words: 'channel' }),
  field('workOrder', 'text', { ...more, onlyNew: true }),
  field('productId', 'product', { ...more, of: 'product' }),
  field('externalId', 'text', { ...more, onlyNew: true }),
]

const cost: FormField[] = [
  field('kind', 'choice', { ...required, words: 'costKind' }),
  field('amount', 'money', required),
  field('incurredAt', 'day', required),
  field('workOrder', 'text', { onlyNew: true }),
  field('agentId', 'person', { of: 'agent' }),
  field('unitId', 'unit', { of: 'unit' }),
  field('productId', 'product', { ...more, of: 'product' }),
  field('externalId', 'text', { ...more, onlyNew: true }),
]

export const formFields: Record<ListKind, readonly FormField[]> = {
  'work-orders': workOrder,
  feedback,
  responses: response,
  invitations: invitation,
  contacts: contact,
  inspections: inspection,
  trainings: training,
  purchases: purchase,
  attendance,
  messages: message,
  costs: cost,
}
