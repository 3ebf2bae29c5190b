import type { StandardReply } from '../../../contract/standards.ts'
import { tableColumns } from '../../../contract/standards.ts'
import { useWords } from '../../words.ts'
import { useScopeText } from '../measurement/scope-text.ts'
import { spanOf } from './rows.ts'
import { sumOfWeights } from './weights.ts'
import './indicator-table.css'

/** A version as 表1: eight columns, the dimension over its rows, the sum at the foot. */
export function IndicatorTable({ indicators }: { indicators: StandardReply['indicators'] }) {
  const { t, said, label, language } = useWords()
  const scopeText = useScopeText()
  const dimensions = indicators.map(({ dimension }) => dimension)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a frame that scrolls must be reachable by keyboard
    <section className="grid-frame" aria-label={t('standards.table')} tabIndex={0}>
      <table className="grid indicator-table">
        <caption className="unseen">{t('standards.table')}</caption>
        <thead>
          <tr>
            {tableColumns.map((column) => (
              <th key={column} scope="col" className={`indicator-${column}`}>
                {t(`standards.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {indicators.map((one, at) => {
            const span = spanOf(dimensions, at)
            return (
              <tr key={one.code}>
                {span > 0 && (
                  <th scope="rowgroup" rowSpan={span} className="indicator-dimension">
                    {label('dimension', one.dimension)}
                  </th>
                )}
                <td className="indicator-name">
                  <b>{language === 'zh' ? one.nameZh : one.nameEn}</b>
                  {one.scope && <div className="soft small">{scopeText(one.scope)}</div>}
                </td>
                <td className="indicator-definition soft small">{said(one.definition)}</td>
                <td className="indicator-source">{one.source || '—'}</td>
                <td className="indicator-period">{label('grain', one.period)}</td>
                <td className="indicator-weight">{one.weight}</td>
                <td className="indicator-target">{said(one.targetText)}</td>
                <td className="indicator-rule">{said(one.sentence)}</td>
              </tr>
            )
          })}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={tableColumns.length}>
              {t('standards.sum', { n: sumOfWeights(indicators.map(({ weight }) => weight)) })}
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  )
}
