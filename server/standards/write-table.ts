import { scopeWords } from '../../contract/scope-words.ts'
import { writeXlsx } from '../platform/spreadsheet.ts'
import { ruleSentence, targetText } from './sentences.ts'
import type { MeasureWords, Standard } from './shapes.ts'
import { dimensionText, headers, periodText } from './table-words.ts'

const widths = [12, 22, 44, 16, 10, 10, 12, 36]

/** 表1 as a workbook: its eight columns in Chinese, and a sheet that says which version this is and until when. */
export async function writeTable(
  path: string,
  { version, effectiveOn, indicators }: Standard,
  words: (measure: string) => MeasureWords,
): Promise<void> {
  await writeXlsx(path, {
    sheets: [
      {
        name: '售后服务质量监测指标表',
        columns: headers.map((header, i) => ({ header, width: widths[i]! })),
        rows: indicators.map((indicator) => {
          const { definition, unit } = words(indicator.measure)
          return [
            dimensionText(indicator.dimension),
            indicator.nameZh,
            [definition.zh, scopeWords(indicator.scope, 'zh')].filter(Boolean).join('；范围：'),
            indicator.source,
            periodText(indicator.period),
            Number(indicator.weight),
            targetText(indicator.target, unit).zh,
            ruleSentence(indicator.rule, indicator.target, unit).zh,
          ]
        }),
      },
      {
        name: '说明',
        columns: [
          { header: '项目', width: 16 },
          { header: '内容', width: 40 },
        ],
        rows: [
          ['版本', `第${version}版`],
          ['生效日期', effectiveOn],
        ],
      },
    ],
  })
}
