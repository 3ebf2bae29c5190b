import type { Field } from './fields.ts'
import { exclusionField, words, workOrderField } from './fields-common.ts'

/** Calls and chats, as telephone systems and chat desks export them. */
export const callFields: Field[] = [
  {
    name: 'external_id',
    zh: '联络编号',
    en: 'Number',
    type: 'text',
    required: true,
    aliases: words(
      '通话编号 会话编号 编号 呼叫编号 流水号 话单编号 通话ID 会话ID id call_id chat_id session_id contact_id uniqueid number',
    ),
  },
  {
    name: 'channel',
    zh: '渠道',
    en: 'Channel',
    type: 'enum',
    words: 'channel',
    aliases: words('联络渠道 接入渠道 来源渠道 渠道类型 类型 source via media'),
  },
  {
    name: 'unit',
    zh: '团队',
    en: 'Team',
    type: 'text',
    aliases: words('部门 班组 技能组 队列 客服组 team department group queue skill'),
  },
  {
    name: 'agent',
    zh: '客服',
    en: 'Agent',
    type: 'text',
    personal: true,
    aliases: words('坐席 座席 坐席姓名 客服人员 接听人 接待人 处理人 接线员 agent_name operator assignee'),
  },
  {
    name: 'customer',
    zh: '客户',
    en: 'Customer',
    type: 'text',
    personal: true,
    aliases: words('客户名称 客户姓名 访客 主叫 customer_name visitor caller'),
  },
  {
    name: 'contact',
    zh: '来电号码',
    en: 'Caller number',
    type: 'text',
    personal: true,
    aliases: words('主叫号码 客户电话 联系方式 电话号码 caller_number caller_id phone ani'),
  },
  {
    name: 'product',
    zh: '产品',
    en: 'Product',
    type: 'text',
    aliases: words('产品名称 产品型号 业务类型 product_name model'),
  },
  {
    name: 'started_at',
    zh: '开始时间',
    en: 'Began at',
    type: 'instant',
    required: true,
    aliases: words(
      '呼入时间 来电时间 呼叫时间 进线时间 振铃时间 会话开始时间 咨询时间 创建时间 日期 时间 start_time started call_time created_at date',
    ),
  },
  {
    name: 'answered_at',
    zh: '接听时间',
    en: 'Answered at',
    type: 'instant',
    aliases: words(
      '接通时间 应答时间 接起时间 接入时间 首次回复时间 首次响应时间 answer_time answered first_reply_at',
    ),
  },
  {
    name: 'rings',
    zh: '振铃次数',
    en: 'Rings',
    type: 'integer',
    aliases: words('响铃次数 铃响次数 振铃声数 响铃声数 铃声数 ring_count ring'),
  },
  {
    name: 'ended_at',
    zh: '结束时间',
    en: 'Ended at',
    type: 'instant',
    aliases: words('挂断时间 挂机时间 通话结束时间 会话结束时间 end_time ended hangup_time'),
  },
  workOrderField,
  exclusionField,
]
