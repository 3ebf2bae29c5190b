import { type Measure, make } from './measure.ts'

/** Of calls and chats. */
export const contactMeasures: readonly Measure[] = [
  make(
    'answer_rate',
    '接通率/回复率',
    'Answer rate',
    '%',
    'higher',
    'rate',
    'answered',
    ['contact'],
    ['started_at', 'answered_at'],
    '已接听的通话与会话÷全部通话与会话，计入开始日；可按渠道拆分',
    'contacts answered ÷ contacts, on the day they began; can be split by channel',
    '003',
  ),
  make(
    'answer_in_standard_rate',
    '接起达标率',
    'Answered within the standard',
    '%',
    'higher',
    'rate',
    'answered_in_standard',
    ['contact'],
    ['rings', 'answered_at'],
    '电话3声内、在线会话10秒内接听的÷电话与在线会话（未接听的计入分母；没有振铃次数的电话不计）',
    'phone answered within 3 rings, chat within 10 s ÷ phone calls and chats; not answered is in n, a call without its rings is not counted',
    '001',
  ),
]
