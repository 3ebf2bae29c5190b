/** How many of those who were asked answered, beside figures that come from answers. */
export const zh = {
  'responseRate.name': '问卷回收率',
  'responseRate.is': '{{rate}}（发放 {{sent}}，提交 {{submitted}}）',
  'responseRate.unknown': '未知：没有发放记录',
  'responseRate.beside': '问卷回收率：{{rate}}',
} as const

export const en: Record<keyof typeof zh, string> = {
  'responseRate.name': 'Survey response rate',
  'responseRate.is': '{{rate}} ({{submitted}} of {{sent}} sent)',
  'responseRate.unknown': 'unknown: no invitations on record',
  'responseRate.beside': 'Survey response rate: {{rate}}',
}
