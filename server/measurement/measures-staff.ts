import type { FactKind } from '../platform/change.ts'
import { type Measure, make } from './measure.ts'

const trainings: FactKind[] = ['training']
const days: FactKind[] = ['attendance']
const ordersAndDays: FactKind[] = ['work_order', 'attendance']

/** Of the people who serve: what they learnt, how much of their time the orders took, whether they were qualified. */
export const staffMeasures: readonly Measure[] = [
  make(
    'training_hours',
    '培训时长',
    'Training hours',
    'person_h',
    'higher',
    'sum',
    'training_hours',
    trainings,
    ['hours'],
    'Σ每人每次培训的小时数，计入培训日；按人员拆分即每人时长；考试的时长不计',
    'sum of the hours of each person in each training, on the day held; split by person for the hours of each; the hours of exams do not count',
    '004',
  ),
  make(
    'exam_pass_rate',
    '技能考核合格率',
    'Exam pass rate',
    '%',
    'higher',
    'rate',
    'exam_passed',
    trainings,
    ['passed'],
    '合格人次÷参考人次，计入考试日；一人一次考试为一人次，补考另计；没有结论的不计',
    'passed ÷ examined, on the day of the exam; one person in one exam is one, a resit is another; not judged is not counted',
    '001, 004',
  ),
  {
    ...make(
      'utilization_rate',
      '人员利用率',
      'Utilization',
      '%',
      'none',
      'ratio',
      'handling',
      ordersAndDays,
      ['started_at', 'resolved_at', 'scheduled_hours'],
      'Σ(解决−启动)÷Σ排班工时，工单计入解决日，排班计入当日；启动至解决为自然时间，同时处理多单时可超过100%；没有排班即无法计算',
      'Σ(resolved − started) ÷ Σ scheduled hours, orders on the day resolved, schedules on their day; the time runs on the calendar, so orders handled side by side can make more than 100%; without schedules it cannot be computed',
      '004',
    ),
    size: 3_600_000,
    per: { size: 3_600_000, inPercent: true },
    over: { tally: 'scheduled', units: ['h', 'person_h'] },
  },
  {
    ...make(
      'tickets_per_agent_day',
      '人均日处理量',
      'Resolved per person and day',
      'count',
      'none',
      'ratio',
      // Each order resolved counts in it once.
      'reopened',
      ordersAndDays,
      ['resolved_at', 'on_duty'],
      '已解决工单数÷在岗人日数，工单计入解决日，人日计入当日；没有在岗记录即无法计算',
      'orders resolved ÷ days worked by each person, orders on the day resolved; without a day worked it cannot be computed',
      '004',
    ),
    size: 1,
    per: { size: 1, inPercent: false },
    over: { tally: 'agent_day', counting: 'above', units: ['count', 'count'] },
  },
  make(
    'qualified_on_duty_rate',
    '持证上岗率',
    'Qualified on duty',
    '%',
    'higher',
    'rate',
    'qualified_on_duty',
    days,
    ['qualified'],
    '持证的在岗人日÷在岗人日，计入当日；是否持证未填的不计',
    'days on duty of the qualified ÷ days on duty; not known is not counted',
    '003',
  ),
]
