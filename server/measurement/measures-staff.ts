import type { FactKind } from '../platform/change.ts'
import { type Measure, make } from './measure.ts'

const trainings: FactKind[] = ['training']

/** Of the people who serve: what they learnt. */
export const staffMeasures: readonly Measure[] = [
  make(
    'training_hours',
    '培训时长',
    'Training hours',
    'h',
    'higher',
    'sum',
    'training_hours',
    trainings,
    ['hours'],
    'Σ每人每次培训的小时数，计入培训日；按人员拆分即每人时长；考试的时长不计',
    'Σ hours of each person in each training, on the day held; split by person for the hours of each; the hours of exams do not count',
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
]
