import type { Field } from './fields.ts'
import { exclusionField, words } from './fields-common.ts'
import { repairFields } from './fields-repairs.ts'

/** The aliases are headers seen in the exports of ticket systems and in the tables people keep by hand. */
export const workOrderFields: Field[] = [
  {
    name: 'external_id',
    zh: '工单编号',
    en: 'Number',
    type: 'text',
    required: true,
    aliases: words(
      '工单号 单号 编号 服务单号 工单ID 案件编号 留言编号 ticket_id ticket_number ticket# case_number case_id incident_number incident_id issue_key key id number ticket case 受理编号 流水号',
    ),
  },
  {
    name: 'customer',
    zh: '客户信息',
    en: 'Customer',
    type: 'text',
    personal: true,
    aliases: words(
      '客户 客户名称 客户名 客户姓名 用户 用户姓名 报修人 留言用户 requester requester_name customer_name reporter caller caller_id contact_name account company submitter',
    ),
  },
  {
    name: 'contact',
    zh: '联系方式',
    en: 'Contact',
    type: 'text',
    personal: true,
    aliases: words(
      '电话 联系电话 手机 手机号 手机号码 客户电话 邮箱 phone mobile email requester_email customer_phone contact_number',
    ),
  },
  {
    name: 'product',
    zh: '产品/服务名称',
    en: 'Product',
    type: 'text',
    aliases: words(
      '产品 产品名称 产品型号 服务名称 型号 机型 设备名称 商品名称 product_name model configuration_item ci cmdb_ci asset item device',
    ),
  },
  {
    name: 'serial',
    zh: '序列号',
    en: 'Serial number',
    type: 'text',
    aliases: words('产品序列号 SN 机身号 设备编号 serial_no serial_number imei'),
  },
  {
    name: 'order_no',
    zh: '订单号',
    en: 'Order number',
    type: 'text',
    aliases: words('订单编号 购买订单 order order_id order_number'),
  },
  {
    name: 'problem',
    zh: '问题描述',
    en: 'Problem',
    type: 'text',
    aliases: words(
      '问题 故障描述 故障现象 问题现象 描述 内容 主题 标题 留言主题 留言详情 反馈内容 subject summary title description short_description issue_summary',
    ),
  },
  {
    name: 'demand',
    zh: '客户诉求',
    en: 'Demand',
    type: 'text',
    aliases: words('诉求 需求 客户需求 诉求类型 request demand_type'),
  },
  {
    name: 'category',
    zh: '问题分类',
    en: 'Category',
    type: 'category',
    aliases: words(
      '分类 类别 问题类型 工单类型 服务类型 故障类型 一级分类 ticket_type issue_type type request_type classification',
    ),
  },
  {
    name: 'subcategory',
    zh: '问题子类',
    en: 'Subcategory',
    type: 'text',
    aliases: words('子类 二级分类 细分类 故障小类 sub_category subcategory'),
  },
  {
    name: 'priority',
    zh: '优先级',
    en: 'Priority',
    type: 'enum',
    words: 'priority',
    aliases: words('紧急程度 优先程度 优先级别 级别 urgency severity priority_level seriousness'),
  },
  {
    name: 'complexity',
    zh: '复杂程度',
    en: 'Complexity',
    type: 'enum',
    words: 'complexity',
    aliases: words('复杂度 难度 difficulty'),
  },
  {
    name: 'fault_level',
    zh: '故障等级',
    en: 'Fault level',
    type: 'text',
    aliases: words('故障级别 等级 impact fault_grade'),
  },
  {
    name: 'channel',
    zh: '渠道',
    en: 'Channel',
    type: 'enum',
    words: 'channel',
    aliases: words(
      '受理渠道 来源渠道 来源 反馈渠道 服务渠道 接入方式 受理方式 source contact_type via via_channel origin channel_name',
    ),
  },
  {
    name: 'unit',
    zh: '团队',
    en: 'Team',
    type: 'text',
    aliases: words(
      '部门 班组 处理部门 责任部门 服务团队 网点 服务网点 受理部门 group group_name assignment_group team department assigned_group queue',
    ),
  },
  {
    name: 'agent',
    zh: '处理人',
    en: 'Agent',
    type: 'text',
    personal: true,
    aliases: words(
      '责任人 客服 客服人员 工程师 处理人员 服务人员 受理人 坐席 经办人 assignee assignee_name assigned_to owner agent_name resource technician resolver',
    ),
  },
  {
    name: 'responder',
    zh: '响应人',
    en: 'Responder',
    type: 'text',
    personal: true,
    aliases: words('首次响应人 首次响应人员 首响人 响应人员 responded_by first_responder'),
  },
  {
    name: 'plan',
    zh: '处理方案',
    en: 'Plan',
    type: 'text',
    aliases: words('解决方案 方案 维修方案 solution proposed_solution action_plan'),
  },
  {
    name: 'result',
    zh: '处理结果',
    en: 'Result',
    type: 'text',
    aliases: words('结果 处理情况 解决结果 答复意见 resolution resolution_notes close_notes outcome'),
  },
  {
    name: 'confirmation',
    zh: '客户确认',
    en: 'Confirmation',
    type: 'text',
    aliases: words('确认情况 客户意见 客户反馈 customer_confirmation'),
  },
  {
    name: 'received_at',
    zh: '受理时间',
    en: 'Received at',
    type: 'instant',
    aliases: words(
      '创建时间 创建日期 建单时间 提交时间 报修时间 登记时间 接单时间 留言时间 来电时间 开单时间 发起时间 投诉时间 反馈日期 日期 created created_at created_on created_time created_date creation_date creation_time opened opened_at open_date date_created submitted_at received date requested_at start_date create_time opened_time date_received',
    ),
  },
  {
    name: 'responded_at',
    zh: '首次响应时间',
    en: 'Responded at',
    type: 'instant',
    aliases: words(
      '响应时间 首次回复时间 首响时间 first_response_at first_response first_response_time first_replied_at first_reply_at first_responded_at initially_assigned_at assigned_at responded 答复时间 回复时间',
    ),
  },
  {
    name: 'started_at',
    zh: '启动处理时间',
    en: 'Started at',
    type: 'instant',
    aliases: words(
      '启动时间 开始处理时间 开始时间 处理开始时间 work_started_at work_start in_progress_at started',
    ),
  },
  {
    name: 'resolved_at',
    zh: '解决时间',
    en: 'Resolved at',
    type: 'instant',
    aliases: words(
      '完成时间 处理完成时间 完工时间 处理时间 解决日期 办结时间 resolved resolved_on resolution_date resolution_time solved_at solved completed_at completed date_resolved fixed_at resolutiondate',
    ),
  },
  {
    name: 'confirmed_at',
    zh: '客户确认时间',
    en: 'Confirmed at',
    type: 'instant',
    aliases: words('确认时间 反馈时间 客户反馈时间 confirmed customer_confirmed_at'),
  },
  {
    name: 'closed_at',
    zh: '关闭时间',
    en: 'Closed at',
    type: 'instant',
    aliases: words('结单时间 结案时间 关单时间 closed closed_on close_date date_closed closed_time'),
  },
  {
    name: 'fault_identified_at',
    zh: '故障确定时间',
    en: 'Fault identified at',
    type: 'instant',
    aliases: words('故障定位时间 诊断完成时间 诊断时间 diagnosed_at'),
  },
  {
    name: 'plan_confirmed_at',
    zh: '方案确认时间',
    en: 'Plan confirmed at',
    type: 'instant',
    aliases: words('方案时间 plan_agreed_at'),
  },
  {
    name: 'arrived_at',
    zh: '到达时间',
    en: 'Arrived at',
    type: 'instant',
    aliases: words('上门时间 到场时间 到位时间 签到时间 on_site_at arrival_time'),
  },
  {
    name: 'reopened_at',
    zh: '重新打开时间',
    en: 'Reopened at',
    type: 'instant',
    aliases: words('重开时间 返修时间 reopened reopened_time'),
  },
  {
    name: 'response_due_at',
    zh: '响应时限',
    en: 'Response due at',
    type: 'instant',
    aliases: words(
      '响应截止时间 应响应时间 first_response_due_by fr_due_by response_due first_response_due_at',
    ),
  },
  {
    name: 'resolution_due_at',
    zh: '解决时限',
    en: 'Resolution due at',
    type: 'instant',
    aliases: words(
      '解决截止时间 截止时间 应完成时间 要求完成时间 due_by due_at due_date resolution_due duedate sla_due',
    ),
  },
  {
    name: 'response_in_time',
    zh: '响应是否及时',
    en: 'Response in time',
    type: 'boolean',
    aliases: words('是否及时响应 响应及时 响应达标 first_response_status first_response_sla'),
  },
  {
    name: 'resolution_in_time',
    zh: '解决是否及时',
    en: 'Resolution in time',
    type: 'boolean',
    aliases: words(
      '是否按时完成 解决及时 解决达标 made_sla sla_met resolution_status resolution_sla within_sla',
    ),
  },
  {
    name: 'reopen_count',
    zh: '重开次数',
    en: 'Reopen count',
    type: 'integer',
    aliases: words('重新打开次数 返修次数 reopens reopened_count number_of_reopens'),
  },
  {
    name: 'contact_count',
    zh: '联系次数',
    en: 'Contact count',
    type: 'integer',
    aliases: words('来电次数 沟通次数 contacts agent_interactions customer_interactions replies'),
  },
  {
    name: 'visits',
    zh: '上门次数',
    en: 'Visits',
    type: 'integer',
    aliases: words('到访次数 维修次数 visit_count onsite_visits number_of_visits'),
  },
  ...repairFields,
  {
    name: 'score',
    zh: '满意度评分',
    en: 'Score',
    type: 'rating',
    aliases: words(
      '满意度 评分 客户评分 客户满意度 服务评分 satisfaction satisfaction_rating csat rating survey_result satisfaction_score',
    ),
  },
  {
    name: 'status',
    zh: '状态',
    en: 'Status',
    type: 'text',
    aliases: words('工单状态 处理状态 当前状态 state ticket_status issue_status incident_state'),
  },
  {
    name: 'cost',
    zh: '费用',
    en: 'Cost',
    type: 'decimal',
    aliases: words('维修费用 成本 服务成本 金额 总费用 price amount total_cost'),
  },
  {
    name: 'supplier',
    zh: '供应商',
    en: 'Supplier',
    type: 'text',
    aliases: words('外包商 服务商 维修商 vendor partner'),
  },
  {
    name: 'resolution_mode',
    zh: '解决方式',
    en: 'Resolution mode',
    type: 'text',
    aliases: words('处理方式 服务方式 维修方式 close_code resolution_code resolution_type'),
  },
  exclusionField,
]

export const eventFields: Field[] = [
  {
    name: 'case',
    zh: '工单编号',
    en: 'Case',
    type: 'text',
    required: true,
    aliases: words(
      '案例编号 案件编号 工单号 单号 流程编号 case_id case:concept:name caseid case_concept_name ticket_id ticket issue_key incident_id external_id id',
    ),
  },
  {
    name: 'activity',
    zh: '活动',
    en: 'Activity',
    type: 'text',
    required: true,
    aliases: words(
      '事件 操作 动作 环节 节点 状态 事件名称 concept:name event event_name action task status field_value new_value',
    ),
  },
  {
    name: 'at',
    zh: '时间',
    en: 'At',
    type: 'instant',
    required: true,
    aliases: words(
      '发生时间 操作时间 时间戳 事件时间 time:timestamp timestamp complete_timestamp event_time time date datetime created_at completed_at start_time',
    ),
  },
  {
    name: 'actor',
    zh: '操作人',
    en: 'Actor',
    type: 'text',
    personal: true,
    aliases: words(
      '处理人 经办人 人员 执行人 org:resource resource user user_name performer author assignee agent',
    ),
  },
]
