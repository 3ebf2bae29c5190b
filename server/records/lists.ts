import { type FactKind, listOf } from '../../contract/fact-kinds.ts'
import type { ListKind } from '../../contract/list-columns.ts'
import {
  contactRecords,
  contactTable,
  costRecords,
  costTable,
  type ListQuery,
  listWorkOrders,
  messageRecords,
  messageTable,
} from '../cases/index.ts'
import { inspectionRecords, inspectionTable } from '../inspections/index.ts'
import type { Tx } from '../platform/database.ts'
import type { Secrets } from '../platform/secrets.ts'
import { purchaseRecords, purchaseTable } from '../purchases/index.ts'
import { attendanceRecords, attendanceTable, trainingRecords, trainingTable } from '../staff/index.ts'
import { invitationRecords, invitationTable, listFeedback, listResponses } from '../surveys/index.ts'

interface RecordsList {
  table: string
  /** As the file of an export is called. */
  name: { zh: string; en: string }
  /** Units besides its own whose people see a record. */
  seenBy?: string
  read(
    tx: Tx,
    secrets: Secrets,
    query: ListQuery,
    zoneName: string,
  ): Promise<{ items: Record<string, unknown>[]; next: string | null; total: number | null }>
}

/** The lists of records: where they lie, what they are called and how a page of one is read. */
export const recordsLists: Record<ListKind, RecordsList> = {
  'work-orders': {
    table: 'cases.work_order',
    seenBy: 'responder_unit_id',
    name: { zh: '售后服务流程记录表', en: 'work orders' },
    read: listWorkOrders,
  },
  feedback: {
    table: 'surveys.feedback',
    name: { zh: '客户反馈记录表', en: 'feedback' },
    read: listFeedback,
  },
  responses: {
    table: 'surveys.response',
    name: { zh: '客户满意度调查', en: 'survey responses' },
    read: (tx, _secrets, query, zoneName) => listResponses(tx, query, zoneName),
  },
  invitations: {
    table: invitationTable.table,
    name: { zh: '问卷发放记录表', en: 'survey invitations' },
    read: invitationRecords.list,
  },
  inspections: {
    table: inspectionTable.table,
    name: { zh: '质检记录表', en: 'inspections' },
    read: inspectionRecords.list,
  },
  trainings: {
    table: trainingTable.table,
    name: { zh: '培训与考试记录表', en: 'trainings and exams' },
    read: trainingRecords.list,
  },
  purchases: {
    table: purchaseTable.table,
    name: { zh: '购买记录表', en: 'purchases' },
    read: purchaseRecords.list,
  },
  attendance: {
    table: attendanceTable.table,
    name: { zh: '出勤记录表', en: 'attendance' },
    read: attendanceRecords.list,
  },
  messages: {
    table: messageTable.table,
    name: { zh: '会话消息记录表', en: 'messages' },
    read: messageRecords.list,
  },
  costs: {
    table: costTable.table,
    name: { zh: '服务费用记录表', en: 'costs' },
    read: costRecords.list,
  },
  contacts: {
    table: contactTable.table,
    name: { zh: '通话与会话记录表', en: 'calls and chats' },
    read: contactRecords.list,
  },
}

/** The kind of fact of a list, as audit rows call its records. */
export const kindOf = (list: ListKind): FactKind =>
  (Object.keys(listOf) as FactKind[]).find((kind) => listOf[kind] === list)!
