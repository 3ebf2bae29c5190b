import type { Pack } from '../shapes.ts'
import { contactCenter, firstOfAll, responseSeconds, satisfied } from './contact-center.ts'
import { completeness, experience, firstContact, general, responseMinutes } from './general.ts'
import { hardware } from './hardware.ts'
import { inTime } from './in-time.ts'
import { industry, ours, weighing } from './industry.ts'

const quarterHour = { target: { operator: '<=', value: '15' } } as const
const startInTime = { zh: '启动及时率', en: 'Started in time' }
const resolvedInTime = { zh: '解决及时率', en: 'Resolved in time' }

/** Hours from the fault being known: a day, as ordinary cases have for their resolution. */
const repairHours = (weight: string) =>
  ours(
    'fault_repair_hours',
    { zh: '平均故障解决时间', en: 'Mean fault repair time' },
    {
      dimension: 'timeliness',
      source: '工单系统',
      weight,
      target: { operator: '<=', value: '24' },
      per: '2',
    },
  )
const reopened = (weight: string) =>
  ours(
    'reopen_rate',
    { zh: '重开率', en: 'Re-open rate' },
    { dimension: 'expertise', source: '工单系统', weight, target: { operator: '<=', value: '5' }, per: '1' },
  )
const recommended = (weight: string) =>
  ours(
    'nps',
    { zh: '净推荐值', en: 'Net promoter score' },
    {
      dimension: 'satisfaction',
      source: '在线问卷',
      weight,
      target: { operator: '>=', value: '30' },
      per: '5',
    },
  )
const item = (code: string, name: { zh: string; en: string }, weight: string) =>
  ours(`item_score:${code}`, name, {
    dimension: 'satisfaction',
    source: '在线问卷',
    weight,
    target: { operator: '>=', value: '4.5' },
    per: '0.1',
  })

/** Chats of many buyers: seconds to the first answer, and what is solved at once. */
const eCommerce = industry(contactCenter, {
  name: 'e-commerce',
  title: { zh: '电商零售', en: 'E-commerce and retail' },
  indicators: [
    weighing(responseSeconds, '25'),
    inTime('resolution_in_time_rate', resolvedInTime, { weight: '15', target: '90' }),
    weighing(firstOfAll, '25'),
    weighing(satisfied, '25'),
    weighing(completeness, '10'),
  ],
})

/** What was promised and written down matters as much as speed. */
const finance = industry(general, {
  name: 'finance',
  title: { zh: '金融保险', en: 'Finance and insurance' },
  indicators: [
    weighing(responseMinutes, '15'),
    inTime('resolution_in_time_rate', resolvedInTime, { weight: '15', target: '95' }),
    weighing(firstContact, '25'),
    weighing(experience, '25'),
    weighing(completeness, '20', { target: { operator: '>=', value: '98' } }),
  ],
})

/** Faults of lines: how long they last and whether they come back. */
const telecom = industry(hardware, {
  name: 'telecom',
  title: { zh: '电信', en: 'Telecommunications' },
  indicators: [
    weighing(responseMinutes, '15', quarterHour),
    repairHours('20'),
    weighing(firstContact, '20'),
    reopened('10'),
    weighing(satisfied, '25'),
    weighing(completeness, '10'),
  ],
})

/** Parcels: whether the matter is settled, and in time. */
const logistics = industry(hardware, {
  name: 'logistics',
  title: { zh: '物流', en: 'Logistics' },
  indicators: [
    weighing(responseMinutes, '20', quarterHour),
    inTime('resolution_in_time_rate', resolvedInTime, { weight: '25', target: '90' }),
    ours(
      'resolution_rate',
      { zh: '问题解决率', en: 'Resolution rate' },
      {
        dimension: 'expertise',
        source: '工单系统',
        weight: '15',
        target: { operator: '>=', value: '95' },
        per: '2',
      },
    ),
    weighing(satisfied, '30'),
    weighing(completeness, '10'),
  ],
})

/** Learners and their parents stay and recommend, or do not. */
const education = industry(general, {
  name: 'education',
  title: { zh: '教培', en: 'Education and training' },
  indicators: [
    weighing(responseMinutes, '15'),
    weighing(firstContact, '20'),
    weighing(experience, '25'),
    item('professionalism', { zh: '分项评分·专业性', en: 'Item score: professionalism' }, '15'),
    recommended('15'),
    weighing(completeness, '10'),
  ],
})

/** Somebody comes to the house: whether work begins in time, and how they behave. */
const localServices = industry(hardware, {
  name: 'local-services',
  title: { zh: '生活服务', en: 'Local services' },
  indicators: [
    weighing(responseMinutes, '20', quarterHour),
    inTime('start_in_time_rate', startInTime, { weight: '20', target: '95' }),
    reopened('10'),
    weighing(experience, '30'),
    item('attitude', { zh: '分项评分·服务态度', en: 'Item score: attitude' }, '10'),
    weighing(completeness, '10'),
  ],
})

/** Machines stand still until they are repaired. */
const manufacturing = industry(hardware, {
  name: 'manufacturing',
  title: { zh: '制造', en: 'Manufacturing' },
  indicators: [
    weighing(responseMinutes, '10', quarterHour),
    inTime('start_in_time_rate', startInTime, { weight: '10', target: '95' }),
    repairHours('20'),
    weighing(firstContact, '20'),
    weighing(experience, '25'),
    weighing(completeness, '15'),
  ],
})

/** Users who leave with a click: seconds, a day to the solution, and whether they recommend. */
const internet = industry(contactCenter, {
  name: 'internet',
  title: { zh: '互联网', en: 'Internet' },
  indicators: [
    weighing(responseSeconds, '20'),
    ours(
      'resolution_hours',
      { zh: '平均解决时长', en: 'Mean resolution time' },
      {
        dimension: 'timeliness',
        source: '工单系统',
        weight: '15',
        target: { operator: '<=', value: '24' },
        per: '2',
      },
    ),
    weighing(firstOfAll, '20'),
    weighing(satisfied, '20'),
    recommended('15'),
    weighing(completeness, '10'),
  ],
})

export const industries: readonly Pack[] = [
  eCommerce,
  finance,
  telecom,
  logistics,
  education,
  localServices,
  manufacturing,
  internet,
]
