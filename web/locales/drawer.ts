/** The drawer of a figure. */
export const zh = {
  'drawer.closed':
    '关账（第 {{copy}} 份）时为 {{was}}，{{wasN}} 条记录；现在为 {{now}}，{{nowN}} 条。下面的记录是现在的。',
  'drawer.noRecords': '这个数值来自 {{n}} 条记录；您的角色可以看数值，不能看单条记录。',
  'drawer.records': '记录 {{n}} 条',
  'drawer.first': '以下为前 {{n}} 条',
  'drawer.openAll': '在记录中打开',
} as const

export const en: Record<keyof typeof zh, string> = {
  'drawer.closed':
    'When closed (copy {{copy}}): {{was}} over {{wasN}} records; now: {{now}} over {{nowN}}. The records below are those of now.',
  'drawer.noRecords': 'This figure rests on {{n}} records. Your role sees figures, not single records.',
  'drawer.records': 'Records: {{n}}',
  'drawer.first': 'the first {{n}} follow',
  'drawer.openAll': 'Open in records',
}
