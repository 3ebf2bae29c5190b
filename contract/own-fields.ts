import { type FactKind, listOf } from './fact-kinds.ts'
import { type ListColumn, listColumns } from './list-columns.ts'
import type { WordKind } from './words.ts'

/**
 * What an organization's own measure may be made of, by kind of record. `moment`: an instant; `amount`: a number that can
 * be added up, kept in `1 / scale` of its unit; `text`: compared as it is written; `choice`: one of the words.
 */
export interface OwnField {
  key: string
  zh: string
  en: string
  kind: 'moment' | 'amount' | 'text' | 'choice'
  words?: WordKind
  /** Of amounts: what they are shown in, how many whole parts a unit has, and whether they may lie below zero. */
  unit?: 'count' | 'CNY' | '分' | 'person_h'
  scale?: number
  signed?: true
}

const moments = (...keys: string[]) => keys.map((key) => ({ key, kind: 'moment' as const }))
const texts = (...keys: string[]) => keys.map((key) => ({ key, kind: 'text' as const }))
const counts = (...keys: string[]) =>
  keys.map((key) => ({ key, kind: 'amount' as const, unit: 'count' as const, scale: 1 }))
/** Points of 1–5, kept in tenths. */
const points = (...keys: string[]) =>
  keys.map((key) => ({ key, kind: 'amount' as const, unit: '分' as const, scale: 10 }))
/** Scores of 0–100, kept in thousandths. */
const scores = (...keys: string[]) =>
  keys.map((key) => ({ key, kind: 'amount' as const, unit: '分' as const, scale: 1000 }))
/** Hours to four decimals. */
const hours = (...keys: string[]) =>
  keys.map((key) => ({ key, kind: 'amount' as const, unit: 'person_h' as const, scale: 10_000 }))
const choice = (key: string, words: WordKind) => ({ key, kind: 'choice' as const, words })

type Given = Omit<OwnField, 'zh' | 'en'>

const given: Record<FactKind, readonly Given[]> = {
  work_order: [
    choice('category', 'category'),
    ...texts('subcategory'),
    choice('channel', 'channel'),
    choice('priority', 'priority'),
    choice('complexity', 'complexity'),
    ...texts('faultLevel', 'resolutionMode'),
    ...counts('reopenCount', 'contactCount', 'visits', 'partsRequested', 'partsFilled', 'filledFields'),
    choice('redone', 'yesNo'),
    choice('planReplaced', 'yesNo'),
    choice('articleUsed', 'yesNo'),
    { key: 'cost', kind: 'amount', unit: 'CNY', scale: 100, signed: true },
    ...moments(
      'receivedAt',
      'respondedAt',
      'startedAt',
      'faultIdentifiedAt',
      'planConfirmedAt',
      'arrivedAt',
      'resolvedAt',
    ),
    ...moments(
      'reopenedAt',
      'confirmedAt',
      'surveySentAt',
      'closedAt',
      'responseDueAt',
      'onsiteDueAt',
      'resolutionDueAt',
    ),
    ...moments('followedUpAt', 'followUpDueAt'),
  ],
  response: [
    choice('channel', 'channel'),
    ...points(
      'overall',
      'responseSpeed',
      'resolutionEfficiency',
      'attitude',
      'professionalism',
      'channelEase',
      'handlingQuality',
    ),
    ...counts('recommend'),
    ...moments('submittedAt', 'repliedAt', 'replyDueAt'),
  ],
  invitation: [
    choice('channel', 'channel'),
    choice('reminder', 'yesNo'),
    ...counts('round'),
    ...moments('sentAt', 'submittedAt'),
  ],
  feedback: [
    choice('channel', 'channel'),
    ...points('score'),
    ...moments('receivedAt', 'repliedAt', 'replyDueAt'),
  ],
  contact: [
    choice('channel', 'channel'),
    ...counts('rings'),
    ...moments('startedAt', 'answeredAt', 'endedAt'),
  ],
  inspection: [
    choice('kind', 'inspectionKind'),
    choice('channel', 'channel'),
    ...scores('score', 'etiquetteScore', 'wordingScore'),
    ...counts('fieldsRight', 'fieldsInspected', 'nodesRight', 'nodesInspected'),
    ...moments('contactAt'),
  ],
  training: [
    choice('kind', 'trainingKind'),
    choice('passed', 'yesNo'),
    ...hours('hours'),
    { key: 'score', kind: 'amount', unit: '分', scale: 100 },
    ...moments('heldAt'),
  ],
  purchase: [
    choice('channel', 'channel'),
    { key: 'amount', kind: 'amount', unit: 'CNY', scale: 100 },
    ...moments('orderedAt'),
  ],
  attendance: [
    choice('onDuty', 'yesNo'),
    choice('qualified', 'yesNo'),
    ...hours('scheduledHours', 'workedHours'),
    ...moments('workedAt'),
  ],
  message: [
    choice('sender', 'messageSender'),
    choice('channel', 'channel'),
    ...moments('awaitedAt', 'sentAt'),
  ],
  cost: [
    choice('kind', 'costKind'),
    { key: 'amount', kind: 'amount', unit: 'CNY', scale: 100 },
    ...moments('incurredAt'),
  ],
}

const labelled = (kind: FactKind, field: Given): OwnField => {
  const { zh, en } = listColumns[listOf[kind]].find(({ key }) => key === field.key) as ListColumn
  return { ...field, zh, en }
}

/** Named as the columns of the list of the kind are. */
export const ownFields = Object.fromEntries(
  (Object.keys(given) as FactKind[]).map((kind) => [kind, given[kind].map((one) => labelled(kind, one))]),
) as unknown as Record<FactKind, readonly OwnField[]>

export const ownField = (facts: FactKind, key: string): OwnField | undefined =>
  ownFields[facts].find((field) => field.key === key)

/** The moments whose day a record may count on, the usual one first. */
export const ownDays: Record<FactKind, readonly string[]> = {
  work_order: ['receivedAt', 'respondedAt', 'startedAt', 'planConfirmedAt', 'resolvedAt', 'closedAt'],
  response: ['submittedAt'],
  feedback: ['receivedAt'],
  invitation: ['sentAt'],
  contact: ['startedAt'],
  inspection: ['contactAt'],
  training: ['heldAt'],
  purchase: ['orderedAt'],
  attendance: ['workedAt'],
  message: ['sentAt', 'awaitedAt'],
  cost: ['incurredAt'],
}

/** What records of a kind are called in a sentence. */
export const factNames: Record<FactKind, { zh: string; en: string }> = {
  work_order: { zh: '工单', en: 'work orders' },
  response: { zh: '问卷答复', en: 'survey answers' },
  feedback: { zh: '客户反馈', en: 'feedback' },
  invitation: { zh: '问卷发放', en: 'survey invitations' },
  contact: { zh: '联络', en: 'calls and chats' },
  inspection: { zh: '质检', en: 'inspections' },
  training: { zh: '培训与考试', en: 'trainings and exams' },
  purchase: { zh: '购买', en: 'purchases' },
  attendance: { zh: '出勤', en: 'working days' },
  message: { zh: '会话消息', en: 'messages' },
  cost: { zh: '服务费用', en: 'costs' },
}

/** What stands between several values typed in one field. */
export const valueSigns = /[,，、;；]/
