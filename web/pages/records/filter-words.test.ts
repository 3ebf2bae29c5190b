import assert from 'node:assert/strict'
import { test } from 'node:test'
import { listColumns } from '../../../contract/list-columns.ts'
import { filterWords } from './filter-words.ts'

const status = listColumns.feedback.find(({ key }) => key === 'status')!
const said = (values: string[], language: 'zh' | 'en') =>
  filterWords({ column: 'status', op: 'in', values }, status, language, (key) => `<${key}>`, String)

test('of several choices each is told apart', () => {
  assert.equal(said(['open'], 'zh'), '待处理')
  assert.equal(said(['open', 'closed'], 'zh'), '待处理或已关闭')
  assert.equal(said(['open', 'in_progress', ''], 'zh'), '待处理、处理中或<grid.blank>')
  assert.equal(said(['open', 'closed'], 'en'), 'Open or Closed')
})
