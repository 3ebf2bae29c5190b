import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fields, kinds } from './fields.ts'
import { guessMapping } from './mapping.ts'
import { openTable } from './read/open-table.ts'
import { templateColumns, writeTemplate } from './template.ts'

const folder = mkdtempSync(join(tmpdir(), 'zhihuan-template-'))
after(() => rmSync(folder, { recursive: true }))

test('the templates have the columns of the source tables, in their order and wording', () => {
  // 售后服务流程记录表 (11 columns, then the four times it lacks) and 客户反馈记录表 (9).
  assert.deepEqual(
    templateColumns('work-orders').slice(0, 11).join(' | '),
    '工单编号 | 客户信息 | 产品/服务名称 | 问题描述 | 问题分类 | 优先级 | 处理人 | 处理方案 | 处理结果 | 客户确认 | 反馈时间',
  )
  assert.deepEqual(
    templateColumns('feedback').join(' | '),
    '反馈编号 | 客户名称 | 产品型号 | 问题描述 | 反馈渠道 | 处理状态 | 满意度评分(1-5分) | 改进建议 | 责任人',
  )
})

for (const kind of kinds)
  test(`${kind}: each column of the template is one the importer knows, surely and once`, async () => {
    const path = join(folder, `${kind}.xlsx`)
    await writeTemplate(path, kind)
    const table = await openTable(path, { name: `${kind}.xlsx`, sheet: 1 })
    assert.deepEqual(table.header, templateColumns(kind))
    const { guesses, unmapped } = guessMapping(kind, table.header, [])
    assert.deepEqual(unmapped, [])
    assert.deepEqual(
      guesses.filter(({ confidence }) => confidence < 0.8),
      [],
    )
    const required = fields[kind].filter((field) => field.required).map(({ name }) => name)
    assert.deepEqual(
      required.filter((name) => !guesses.some(({ field }) => field === name)),
      [],
    )
  })
