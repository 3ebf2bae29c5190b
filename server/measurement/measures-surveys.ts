import { type Measure, make, orders } from './measure.ts'

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
]
