import type { Field } from './fields.ts'
import { exclusionField, words, workOrderField } from './fields-common.ts'

/** One row a message of a chat, as chat desks export them. What was written has no field: it is not kept. */
export const messageFields: Field[] = [
  {
    name: 'external_id',
    zh: '消息编号',
    en: 'Number',
    type: 'text',
    aliases: words('消息ID 消息流水号 message_id msg_id message_number'),
  },
  {
    name: 'conversation',
    zh: '会话编号',
    en: 'Conversation',
    type: 'text',
    required: true,
    aliases: words(
      '会话ID 会话号 对话编号 对话ID 联络编号 session session_id conversation_id chat_id dialog_id thread_id',
    ),
  },
  {
    name: 'sender',
    zh: '发送方',
    en: 'Sent by',
    type: 'enum',
    words: 'message-sender',
    required: true,
    aliases: words(
      '发送者 发送人 发送者类型 发送方类型 消息来源 消息方向 角色 sender_type sender_role role direction author_type waiter_send',
    ),
  },
  {
    name: 'sent_at',
    zh: '发送时间',
    en: 'Sent at',
    type: 'instant',
    required: true,
    aliases: words('消息时间 时间 日期 创建时间 send_time message_time timestamp created_at time date'),
  },
  {
    name: 'agent',
    zh: '客服',
    en: 'Agent',
    type: 'text',
    personal: true,
    aliases: words('坐席 座席 坐席姓名 客服人员 客服姓名 接待人 处理人 agent_name operator assignee'),
  },
  {
    name: 'unit',
    zh: '团队',
    en: 'Team',
    type: 'text',
    aliases: words('部门 班组 技能组 队列 客服组 team department group queue skill'),
  },
  {
    name: 'channel',
    zh: '渠道',
    en: 'Channel',
    type: 'enum',
    words: 'channel',
    aliases: words('接入渠道 来源渠道 渠道类型 source via media'),
  },
  {
    name: 'product',
    zh: '产品',
    en: 'Product',
    type: 'text',
    aliases: words('产品名称 产品型号 商品 SKU product_name model'),
  },
  workOrderField,
  exclusionField,
]
