import type { Field } from './fields.ts'
import { exclusionField, words } from './fields-common.ts'

/** One row a person's part in one training or exam. */
export const trainingFields: Field[] = [
  {
    name: 'external_id',
    zh: '培训记录编号',
    en: 'Number',
    type: 'text',
    required: true,
    aliases: words('编号 记录编号 培训编号 考试编号 培训单号 流水号 序号 id training_id record_id number'),
  },
  {
    name: 'kind',
    zh: '类别',
    en: 'Kind',
    type: 'enum',
    words: 'training-kind',
    aliases: words('培训类别 培训类型 记录类别 形式 类型 type'),
  },
  {
    name: 'agent',
    zh: '姓名',
    en: 'Person',
    type: 'text',
    personal: true,
    required: true,
    aliases: words(
      '参训人 参训人员 培训人员 学员 参考人 考生 员工 员工姓名 人员 处理人 客服 工程师 agent employee trainee name employee_name',
    ),
  },
  {
    name: 'unit',
    zh: '团队',
    en: 'Team',
    type: 'text',
    aliases: words('部门 班组 网点 门店 所属部门 所属团队 team department outlet group'),
  },
  {
    name: 'course',
    zh: '课程/科目',
    en: 'Course',
    type: 'text',
    aliases: words(
      '课程 科目 课程名称 培训课程 培训内容 培训主题 培训项目 考试科目 考核科目 subject topic course_name',
    ),
  },
  {
    name: 'held_at',
    zh: '培训时间',
    en: 'Held at',
    type: 'instant',
    required: true,
    aliases: words(
      '培训日期 考试时间 考试日期 考核时间 考核日期 上课时间 上课日期 日期 时间 held date training_date exam_date',
    ),
  },
  {
    name: 'hours',
    zh: '时长(小时)',
    en: 'Hours',
    type: 'hours',
    aliases: words('培训时长(小时) 培训时长 培训小时数 小时数 时长 培训工时 training_hours duration_hours'),
  },
  {
    name: 'score',
    zh: '考试成绩',
    en: 'Exam score',
    type: 'points',
    aliases: words('成绩 得分 分数 考核成绩 考试得分 考试分数 exam_score mark'),
  },
  {
    name: 'passed',
    zh: '是否合格',
    en: 'Passed',
    type: 'boolean',
    aliases: words('合格 是否通过 通过 考试结果 考核结果 结果 结论 result pass'),
  },
  exclusionField,
]

/** One row a person's working day. */
export const attendanceFields: Field[] = [
  {
    name: 'external_id',
    zh: '出勤编号',
    en: 'Number',
    type: 'text',
    required: true,
    aliases: words('编号 记录编号 考勤编号 排班编号 流水号 序号 id attendance_id shift_id record_id number'),
  },
  {
    name: 'agent',
    zh: '姓名',
    en: 'Person',
    type: 'text',
    personal: true,
    required: true,
    aliases: words(
      '员工 员工姓名 人员 人员姓名 坐席 座席 客服 工程师 处理人 agent employee name employee_name agent_name',
    ),
  },
  {
    name: 'unit',
    zh: '团队',
    en: 'Team',
    type: 'text',
    aliases: words('部门 班组 网点 门店 所属部门 所属团队 team department outlet group'),
  },
  {
    name: 'worked_at',
    zh: '日期',
    en: 'Day',
    type: 'instant',
    required: true,
    aliases: words(
      '出勤日期 考勤日期 排班日期 工作日期 上班日期 工作日 date work_date shift_date attendance_date',
    ),
  },
  {
    name: 'scheduled_hours',
    zh: '排班工时(小时)',
    en: 'Scheduled hours',
    type: 'hours',
    most: 24,
    required: true,
    aliases: words(
      '排班工时 应出勤工时 应出勤小时 应出勤小时数 计划工时 标准工时 排班时长 排班小时数 planned_hours shift_hours',
    ),
  },
  {
    name: 'worked_hours',
    zh: '实际工时(小时)',
    en: 'Worked hours',
    type: 'hours',
    most: 24,
    aliases: words(
      '实际工时 实出勤工时 实出勤小时 实出勤小时数 出勤工时 出勤小时数 工作时长 工时 actual_hours hours_worked',
    ),
  },
  {
    name: 'on_duty',
    zh: '是否在岗',
    en: 'On duty',
    type: 'boolean',
    aliases: words('在岗 是否出勤 出勤 出勤状态 考勤状态 在岗状态 present attended'),
  },
  {
    name: 'qualified',
    zh: '是否持证',
    en: 'Qualified',
    type: 'boolean',
    aliases: words('持证 是否持证上岗 持证上岗 持证情况 资质有效 证书有效 是否有证 certified licensed'),
  },
  exclusionField,
]
