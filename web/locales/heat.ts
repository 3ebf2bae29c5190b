/** The heat map of products and categories. */
export const zh = {
  'heat.of': '{{name}} · {{period}} · 行为产品，列为问题类别，颜色越突出数值越大',
  'heat.worst': '最需要关注：{{product}} × {{category}}，{{value}}（n={{n}}）',
  'heat.noneFirm': '产品与类别的各个组合样本都不足',
  'heat.nothing': '没有同时填写产品和类别的记录',
  'heat.few': '斜纹：样本不足',
  'heat.none': '空格：没有记录',
  'heat.lacks': '?：缺少字段，无法计算',
  'heat.shown':
    '显示记录最多的 {{rows}} 个产品和 {{columns}} 个类别，共 {{allRows}} 个产品、{{allColumns}} 个类别',
  'heat.corner': '产品 / 类别',
  'heat.pair': '产品 × 类别',
  'heat.fewSaid': '样本不足',
  'heat.summary': '{{rows}} 个产品、{{columns}} 个类别，{{cells}} 个组合有记录，其中 {{few}} 个样本不足',
} as const

export const en: Record<keyof typeof zh, string> = {
  'heat.of':
    '{{name}} · {{period}} · products down, categories across; the stronger the colour, the larger the value',
  'heat.worst': 'Needs attention most: {{product}} × {{category}}, {{value}} (n={{n}})',
  'heat.noneFirm': 'No pair of product and category has enough records',
  'heat.nothing': 'No record names both a product and a category',
  'heat.few': 'Hatched: too few records',
  'heat.none': 'Empty: no records',
  'heat.lacks': '?: a field is missing, nothing to compute',
  'heat.shown':
    'The {{rows}} products and {{columns}} categories with the most records, of {{allRows}} products and {{allColumns}} categories',
  'heat.corner': 'Product / category',
  'heat.pair': 'Product × category',
  'heat.fewSaid': 'too few',
  'heat.summary':
    '{{rows}} products and {{columns}} categories; {{cells}} pairs have records, {{few}} of them too few',
}
