import { words } from '../../contract/words.ts'

export const zh = {
  'feedback.at': '反馈时间',
  'feedbackStatus.open': words.feedbackStatus.open.zh,
  'feedbackStatus.in_progress': words.feedbackStatus.in_progress.zh,
  'feedbackStatus.followed_up': words.feedbackStatus.followed_up.zh,
  'feedbackStatus.closed': words.feedbackStatus.closed.zh,
} as const satisfies Record<string, string>

export const en: Record<keyof typeof zh, string> = {
  'feedback.at': 'Received',
  'feedbackStatus.open': words.feedbackStatus.open.en,
  'feedbackStatus.in_progress': words.feedbackStatus.in_progress.en,
  'feedbackStatus.followed_up': words.feedbackStatus.followed_up.en,
  'feedbackStatus.closed': words.feedbackStatus.closed.en,
}
