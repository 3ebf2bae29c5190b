import { type Measure, make, orders, ratings } from './measure.ts'
import type { Tally } from './tallies.ts'

/** What was answered to customers whom a score or a suggestion gave reason for it. */
const closedInTime = (
  kind: '' | ':score' | ':suggestion',
  tally: Tally,
  zh: { name: string; of: string },
  en: { name: string; of: string },
): Measure => ({
  ...make(
    `low_score_closed_in_time_rate${kind}`,
    zh.name,
    en.name,
    '%',
    'higher',
    'rate',
    tally,
    ratings,
    ['replied_at'],
    `${zh.of}在答复时限内答复客户÷（已答复或已到时限），计入答复与时限中较早之日；时限按提交当日的标准，从提交起算（3个工作日）；未到时限的两边都不计；只知月份、或已回访而不知时间的无法判断`,
    `${en.of} replied to within the limit ÷ (replied to or limit passed), on the earlier day of the two; the limit is that of the standard in force on the day, from the submission (3 working days); not yet due in neither half; of what is known by its month alone, or was followed up at no known time, it cannot be told`,
    '002',
  ),
  invitations: null,
})

/** What became of the surveys: sent in time, answered. */
export const surveyMeasures: Measure[] = [
  make(
    'survey_response_rate',
    '问卷回收率',
    'Survey response rate',
    '%',
    'higher',
    'rate',
    'survey_answered',
    ['invitation'],
    ['sent_at'],
    '已提交÷已发放，计入发放日；同一工单同一轮次重复发放（提醒）只算一次，以首次提交为准',
    'submitted ÷ sent, on the day sent; what is sent again for the same order and round reminds and counts once, the first submission stands',
    'field',
  ),
  {
    ...make(
      'survey_sent_in_time_rate',
      '问卷及时发放率',
      'Surveys sent in time',
      '%',
      'higher',
      'rate',
      'survey_in_time',
      orders,
      ['confirmed_at', 'invitations'],
      '客户确认后24小时内发放第一轮问卷÷已确认且已发放或已到期的工单，计入发放与到期的较早日；确认之前发放算及时；未到期的两边都不计；一份发放记录都没有则无法计算',
      'first round sent within 24 h of the confirmation ÷ confirmed orders sent or due, on the earlier day of the two; sent before the confirmation is in time; not yet due in neither half; without a single invitation incomputable',
      '002',
    ),
    knownBy: 'survey_sent',
  },
  {
    ...make(
      'complaint_satisfaction',
      '投诉处理满意度',
      'Satisfaction with complaint handling',
      '分',
      'higher',
      'mean',
      'complaint_satisfaction',
      ['response'],
      ['channel_ease', 'response_speed', 'handling_quality'],
      '投诉工单的答卷：渠道便利、响应速度、处理质量的平均（只平均已答的项，三项都未答的不计），再对答卷求平均',
      'responses to complaints: mean of channel ease, response speed and handling quality of each (of those answered; without any it is not counted), then the mean of the responses',
      '004',
    ),
    size: 60,
    invitations: 'complaint_survey_answered',
  },
  closedInTime(
    '',
    'replied_in_time',
    { name: '低分闭环及时率', of: '低分（任一项≤3分）或提出建议的评价' },
    {
      name: 'Low scores closed in time',
      of: 'ratings with a low score (any item of 3 or less) or a suggestion',
    },
  ),
  closedInTime(
    ':score',
    'score_replied_in_time',
    { name: '低分闭环及时率·低分', of: '低分（任一项≤3分）的评价' },
    { name: 'Low scores closed in time: scores', of: 'ratings with a low score (any item of 3 or less)' },
  ),
  closedInTime(
    ':suggestion',
    'suggestion_replied_in_time',
    { name: '低分闭环及时率·建议', of: '提出建议的评价' },
    { name: 'Low scores closed in time: suggestions', of: 'ratings with a suggestion' },
  ),
]
