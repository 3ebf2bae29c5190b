import type { Field } from './fields.ts'

/** One row an inspection; the items of its form stand in columns of their own (see item-columns.ts). */
export const inspectionFields: Field[] = [
  {
    name: 'external_id',
    zh: '质检编号',
    en: 'Number',
    type: 'text',
    required: true,
    aliases: words('编号 质检单号 暗访编号 记录编号 序号 id inspection_id number'),
  },
  {
    name: 'kind',
    zh: '类别',
    en: 'Kind',
    type: 'enum',
    words: 'inspection-kind',
    aliases: words('质检类别 质检类型 检查方式 类型 type'),
  },
  {
    name: 'inspected_at',
    zh: '质检时间',
    en: 'Inspected at',
    type: 'instant',
    required: true,
    aliases: words('质检日期 检查时间 检查日期 评分时间 暗访时间 暗访日期 日期 时间 inspected date'),
  },
  {
    name: 'contact_at',
    zh: '业务时间',
    en: 'Took place at',
    type: 'instant',
    aliases: words(
      '业务日期 通话时间 通话日期 会话时间 服务时间 服务日期 被检时间 contact_at call_time service_date',
    ),
  },
  {
    name: 'inspector',
    zh: '质检员',
    en: 'Inspector',
    type: 'text',
    aliases: words('质检人 检查人 评分人 暗访员 reviewer evaluator'),
  },
  {
    name: 'agent',
    zh: '被检人',
    en: 'Agent',
    type: 'text',
    personal: true,
    aliases: words('客服 坐席 座席 客服人员 被检人员 处理人 工程师 员工 姓名 agent_name'),
  },
  {
    name: 'unit',
    zh: '团队',
    en: 'Team',
    type: 'text',
    aliases: words('部门 班组 网点 门店 被检部门 team department outlet group'),
  },
  {
    name: 'product',
    zh: '产品',
    en: 'Product',
    type: 'text',
    aliases: words('产品名称 产品型号 product_name model'),
  },
  {
    name: 'channel',
    zh: '渠道',
    en: 'Channel',
    type: 'enum',
    words: 'channel',
    aliases: words('服务渠道 业务渠道 source via'),
  },
  {
    name: 'work_order',
    zh: '工单编号',
    en: 'Work order',
    type: 'text',
    aliases: words('工单号 服务单号 被检工单 ticket_id ticket case_number'),
  },
  {
    name: 'contact_number',
    zh: '联络编号',
    en: 'Call or chat',
    type: 'text',
    aliases: words('通话编号 会话编号 录音编号 录音流水号 流水号 call_id chat_id session_id'),
  },
  {
    name: 'form',
    zh: '质检表',
    en: 'Form',
    type: 'text',
    aliases: words('质检模板 评分表 评分标准 form_name template'),
  },
  {
    name: 'score',
    zh: '得分',
    en: 'Score',
    type: 'decimal',
    aliases: words('质检得分 质检分 总分 总得分 分数 total total_score'),
  },
  {
    name: 'fields_inspected',
    zh: '抽查字段数',
    en: 'Fields inspected',
    type: 'integer',
    aliases: words('抽查字段 检查字段数 字段总数 fields_checked'),
  },
  {
    name: 'fields_right',
    zh: '正确字段数',
    en: 'Fields right',
    type: 'integer',
    aliases: words('正确字段 准确字段数 fields_correct'),
  },
  {
    name: 'nodes_inspected',
    zh: '检查节点数',
    en: 'Nodes inspected',
    type: 'integer',
    aliases: words('流程节点数 抽查节点数 节点总数 nodes_checked process_nodes'),
  },
  {
    name: 'nodes_right',
    zh: '合规节点数',
    en: 'Nodes right',
    type: 'integer',
    aliases: words('合规节点 正确节点数 nodes_correct nodes_compliant'),
  },
  {
    name: 'remark',
    zh: '备注',
    en: 'Remark',
    type: 'text',
    aliases: words('说明 评语 质检评语 问题说明 comment comments'),
  },
  {
    name: 'excluded_reason',
    zh: '剔除原因',
    en: 'Excluded because',
    type: 'text',
    aliases: words('排除原因 不计入原因 无效原因 exclusion_reason'),
  },
]

function words(list: string): string[] {
  return list.split(' ')
}
