export const zh = {
  'feedback.at': '反馈时间',
  'feedbackStatus.open': '未处理',
  'feedbackStatus.in_progress': '处理中',
  'feedbackStatus.followed_up': '已回访',
  'feedbackStatus.closed': '已关闭',
} as const satisfies Record<string, string>

export const en: Record<keyof typeof zh, string> = {
  'feedback.at': 'Received',
  'feedbackStatus.open': 'Open',
  'feedbackStatus.in_progress': 'In progress',
  'feedbackStatus.followed_up': 'Followed up',
  'feedbackStatus.closed': 'Closed',
}
