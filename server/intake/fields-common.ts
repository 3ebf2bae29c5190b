import type { Field } from './fields.ts'

/** Header words in one line, set apart by spaces. */
export const words = (list: string): string[] => list.split(' ')

/** The order a record is about. */
export const workOrderField: Field = {
  name: 'work_order',
  zh: '工单编号',
  en: 'Work order',
  type: 'text',
  aliases: words('工单号 关联工单 服务单号 ticket_id ticket case_number'),
}

/** Why a record does not count. */
export const exclusionField: Field = {
  name: 'excluded_reason',
  zh: '剔除原因',
  en: 'Excluded because',
  type: 'text',
  aliases: words('排除原因 不计入原因 无效原因 exclusion_reason'),
}
