import type { Field } from './fields.ts'

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
