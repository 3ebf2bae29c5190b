/** Where a unit stands, from which day on. */
export const zh = {
  'place.from': '自哪天起归属这里',
  'place.same': '不改日期',
  'place.day': '调整：自这一天起',
  'place.dayWhat': '此前的记录仍计入原上级；时限不变。',
  'place.always': '纠正：一直归属这里',
  'place.alwaysWhat': '以前的归属记错了：以前的记录改计入这里；已收到的单，时限不变。',
  'place.sight': '谁能看到，按今天的归属；原上级的负责人不再看到该单位的记录。',
  'place.history': '归属记录',
  'place.ever': '一直',
  'place.since': '自 {{day}} 起',
  'place.hidden': '您管辖之外的单位',
  'place.recorded': '{{by}} 于 {{at}} 登记',
} as const

export const en = {
  'place.from': 'From which day it stands here',
  'place.same': 'Leave the day as it is',
  'place.day': 'A move: from this day on',
  'place.dayWhat': 'Earlier records stay with the former parent; limits stay as they are.',
  'place.always': 'A correction: it always stood here',
  'place.alwaysWhat':
    'The place recorded before was wrong: earlier records count here; limits of what was received stay as they are.',
  'place.sight':
    'Who sees what follows the tree of today: the lead of the former parent no longer sees records of the unit.',
  'place.history': 'Where it stood',
  'place.ever': 'From ever',
  'place.since': 'From {{day}}',
  'place.hidden': 'A unit out of your reach',
  'place.recorded': 'recorded by {{by}} on {{at}}',
} as const satisfies Record<keyof typeof zh, string>
