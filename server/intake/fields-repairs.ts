import type { Field } from './fields.ts'
import { words } from './fields-common.ts'

/** Fields of a work order that tell how well it was diagnosed, repaired and followed up. */
export const repairFields: Field[] = [
  {
    name: 'first_diagnosis',
    zh: '首次诊断',
    en: 'First diagnosis',
    type: 'text',
    aliases: words('初步诊断 初诊结果 首次诊断结果 initial_diagnosis diagnosis'),
  },
  {
    name: 'final_cause',
    zh: '最终原因',
    en: 'Final cause',
    type: 'text',
    aliases: words('最终诊断 故障原因 根本原因 实际原因 root_cause cause final_diagnosis'),
  },
  {
    name: 'redone',
    zh: '损坏或返工',
    en: 'Damaged or redone',
    type: 'boolean',
    aliases: words('维修失误 返修损坏 是否返工 返工 维修损坏 repair_error rework damaged'),
  },
  {
    name: 'plan_replaced',
    zh: '方案被替换',
    en: 'Plan replaced',
    type: 'boolean',
    aliases: words('方案是否替换 方案更换 是否更换方案 方案变更 plan_changed'),
  },
  {
    name: 'parts_requested',
    zh: '申请备件数',
    en: 'Parts requested',
    type: 'integer',
    aliases: words('备件申请数 备件需求数 需求备件数 parts_needed parts_ordered'),
  },
  {
    name: 'parts_filled',
    zh: '当场满足数',
    en: 'Parts there at once',
    type: 'integer',
    aliases: words('备件满足数 满足备件数 即时满足数 parts_available parts_in_stock'),
  },
  {
    name: 'article',
    zh: '引用知识',
    en: 'Article',
    type: 'text',
    aliases: words(
      '知识文章 引用文章 知识编号 知识库文章 关联知识 article_id kb_article knowledge_article kb',
    ),
  },
  {
    name: 'article_used',
    zh: '是否引用知识',
    en: 'Article used',
    type: 'boolean',
    aliases: words('是否引用 使用知识库 kb_used knowledge_used'),
  },
  {
    name: 'followed_up_at',
    zh: '回访时间',
    en: 'Followed up at',
    type: 'instant',
    aliases: words('回访日期 回访完成时间 follow_up_at followup_at followed_up callback_at'),
  },
  {
    name: 'follow_up_due_at',
    zh: '回访时限',
    en: 'Follow-up due at',
    type: 'instant',
    aliases: words('回访截止时间 应回访时间 follow_up_due followup_due_at'),
  },
]
