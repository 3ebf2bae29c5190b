import type { Field } from './fields.ts'
import { exclusionField, words, workOrderField } from './fields-common.ts'

/** One row something spent on the service. */
export const costFields: Field[] = [
  {
    name: 'external_id',
    zh: '费用编号',
    en: 'Number',
    type: 'text',
    required: true,
    aliases: words(
      '编号 费用单号 报销单号 单据编号 凭证号 流水号 记录编号 序号 id cost_id expense_id record_id voucher number',
    ),
  },
  {
    name: 'incurred_at',
    zh: '发生日期',
    en: 'Incurred on',
    type: 'instant',
    required: true,
    aliases: words(
      '发生时间 费用日期 支出日期 报销日期 记账日期 日期 date cost_date expense_date incurred_on posting_date',
    ),
  },
  {
    name: 'kind',
    zh: '费用类别',
    en: 'Kind',
    type: 'enum',
    words: 'cost-kind',
    required: true,
    aliases: words('费用类型 费用科目 费用项目 科目 类别 类型 type cost_type expense_type category'),
  },
  {
    name: 'amount',
    zh: '金额',
    en: 'Amount',
    type: 'decimal',
    required: true,
    aliases: words('费用 费用金额 金额(元) 支出金额 报销金额 总额 cost total expense'),
  },
  workOrderField,
  {
    name: 'agent',
    zh: '经办人',
    en: 'Agent',
    type: 'text',
    personal: true,
    aliases: words('处理人 工程师 客服 报销人 员工 人员 agent_name engineer employee technician'),
  },
  {
    name: 'unit',
    zh: '团队',
    en: 'Team',
    type: 'text',
    aliases: words('部门 班组 网点 门店 所属部门 成本中心 team department outlet cost_center'),
  },
  {
    name: 'product',
    zh: '产品',
    en: 'Product',
    type: 'text',
    aliases: words('产品名称 产品型号 型号 product_name model'),
  },
  exclusionField,
]
