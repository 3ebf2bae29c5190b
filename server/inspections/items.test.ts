import assert from 'node:assert/strict'
import { test } from 'node:test'
import { groupScoreOf, printItems, readItemHead, readItems, scoreOf } from './items.ts'

const items = (...lines: string[]) => {
  const read = readItems(lines.join('\n'))
  assert.ok('items' in read, JSON.stringify(read))
  return read.items
}

test('the head of an item says group, name, full points, weight or veto; other texts are no items', () => {
  assert.deepEqual(readItemHead('礼仪-问候语(10)'), {
    group: '礼仪',
    name: '问候语',
    max: '10',
    weight: null,
  })
  assert.deepEqual(readItemHead(' 礼仪－问候语（10分）'), {
    group: '礼仪',
    name: '问候语',
    max: '10',
    weight: null,
  })
  assert.deepEqual(readItemHead('流程-核实(2.5,权重20%)'), {
    group: '流程',
    name: '核实',
    max: '2.5',
    weight: '20',
  })
  assert.deepEqual(readItemHead('Etiquette-Greeting(5, weight 30)'), {
    group: '礼仪',
    name: 'Greeting',
    max: '5',
    weight: '30',
  })
  assert.deepEqual(readItemHead('用语-服务禁语(一票否决)'), {
    group: '用语',
    name: '服务禁语',
    max: null,
    weight: null,
  })
  assert.deepEqual(readItemHead('安全-静电-手环(5)'), {
    group: '安全',
    name: '静电-手环',
    max: '5',
    weight: null,
  })
  for (const text of [
    '',
    '问候语(10)',
    '礼仪-问候语',
    '礼仪-问候语(0)',
    '礼仪-问候语(好)',
    '满意度评分(1-5分)',
    '礼仪-(10)',
  ])
    assert.equal(readItemHead(text), undefined, text)
})

test('a score is the points of the full ones, weighed; worked by hand', () => {
  // 8/10 at weight 10 and 20/20 at 20: (8 + 20) / 30.
  assert.equal(scoreOf(items('礼仪-问候语(10): 8', '流程-核实(20): 20')), '93.333')
  // 8/10 at weight 70 and 1/2 at 30: (56 + 15) / 100.
  assert.equal(scoreOf(items('礼仪-问候语(10,权重70): 8', '流程-核实(2,权重30): 1')), '71')
  assert.equal(scoreOf(items('礼仪-问候语(3): 1', '礼仪-结束语(3): 1')), '33.333')
  assert.equal(scoreOf(items('礼仪-问候语(3): 2')), '66.667')
  assert.equal(scoreOf(items('礼仪-问候语(10): 0')), '0')
  assert.equal(scoreOf(items('礼仪-问候语(10): 10')), '100')
  assert.equal(scoreOf([]), null)
})

test('a failed veto item makes the whole 0 and its own group 0, not the other groups', () => {
  const some = items('礼仪-问候语(10): 9', '用语-规范(10): 10', '用语-禁语(否决): 未通过')
  assert.equal(scoreOf(some), '0')
  assert.equal(groupScoreOf(some, '用语'), '0')
  assert.equal(groupScoreOf(some, '礼仪'), '90')
  assert.equal(groupScoreOf(some, '记录'), null)
  assert.equal(scoreOf(items('用语-禁语(否决): 通过', '礼仪-问候语(10): 9')), '90')
  // A veto item that was passed weighs nothing by itself.
  assert.equal(scoreOf(items('用语-禁语(否决): 通过')), null)
})

test('lines are read as they are printed; a line that cannot be believed is named', () => {
  const text = '礼仪-问候语(10): 8.5\n流程-核实(2,权重30): 1\n用语-禁语(否决): 未通过'
  assert.equal(printItems(items(...text.split('\n'))), text)
  for (const [line, why] of [
    ['礼仪-问候语(10): 10.5', 'more than full'],
    ['礼仪-问候语(10): -1', 'less than nothing'],
    ['礼仪-问候语(10): 好', 'no number'],
    ['礼仪-问候语(10):', 'nothing'],
    ['用语-禁语(否决): 8', 'no verdict'],
    ['问候语: 8', 'no head'],
  ] as const)
    assert.deepEqual(readItems(`流程-核实(2): 1\n${line}`), { fault: line }, why)
  assert.deepEqual(readItems('礼仪-问候语(10): 8\n礼仪-问候语(10): 9'), { fault: '礼仪-问候语(10): 9' })
})
