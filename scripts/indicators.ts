import { readFileSync, writeFileSync } from 'node:fs'
import { attribution, measures } from '../server/measurement/index.ts'

/** The catalogue of measures as a document; `node scripts/indicators.ts` writes it, with `--check` it only compares. */
const file = new URL('../docs/indicators.md', import.meta.url)
const cell = (text: string) => text.replaceAll('|', '\\|')

function page(): string {
  const rows = measures.map(
    ({ code, name, unit, better, version, formula, needs, source }) =>
      `| \`${code}\` v${version}<br>${name.zh}<br>${name.en} | ${unit} | ${directions[better]} | ${cell(formula.zh)}<br>${cell(formula.en)} | ${needs.map((field) => `\`${field}\``).join(' ') || '–'} | ${source} |`,
  )
  return `# 指标目录 · Measures

本页由产品自身的指标目录生成（\`node scripts/indicators.ts\`），与页面、接口 \`/api/measures\` 和命令行 \`explain\` 使用同一份定义。
This page is printed from the catalogue inside the product, the one that the page, \`/api/measures\` and \`explain\` read.

- 没有记录为“无”，样本少于最低数为“样本少”，缺少所需字段为“无法计算”，计算出错为“失败”；四者都不是 0。
  No record is *none*, fewer than the minimum is *few*, a missing field is *incomputable*, an error is *failed*; none of these is 0.
- 归属：${attribution.zh}。Attribution: ${attribution.en}.
- 核心指标达成率（\`attainment\`，见计分卡）：越高越好时为实际÷目标，越低越好时为目标÷实际，×100%；分母不大于零或实际小于零时无法计算。来源提到该指标而无公式，公式为本系统设定（000, 001）。
  Attainment (\`attainment\` of the scorecard): actual ÷ target where higher is better, target ÷ actual where lower is, × 100 %; incomputable where the lower number is not above
  zero or the actual is below it. The sources name the figure and give no formula; this one is ours (000, 001).
- 百分位数为离散百分位，相对误差不超过 2 %。Percentiles are discrete ones, within 2 % of the value.

| 指标 · measure | 单位 · unit | 方向 · better | 公式 · formula | 所需字段 · needs | 来源 · source |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`
}

const directions = { lower: '↓', higher: '↑', none: '–' }
const printed = page()
if (!process.argv.includes('--check')) writeFileSync(file, printed)
else if (readFileSync(file, 'utf8') !== printed) {
  console.error('docs/indicators.md is not what the catalogue says: run `node scripts/indicators.ts`')
  process.exitCode = 1
}
