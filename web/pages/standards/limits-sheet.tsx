import { Button } from 'antd'
import { words } from '../../../contract/words.ts'
import { Choose } from '../../ui/choose.tsx'
import { useWords } from '../../words.ts'
import { DecimalInput } from './decimal-input.tsx'
import { amountOf, type LimitUnit, secondsOf, unitsOf } from './limit-amount.ts'
import type { Limit } from './rows.ts'

/** A limit being edited: its amount as it is typed, in a unit of its own. */
export interface LimitRow {
  key: string
  limit: Limit
  amount: string
  unit: LimitUnit
}

export const limitRow = (limit: Limit): LimitRow => ({
  key: String(Math.random()),
  limit,
  ...amountOf(limit),
})

const fresh: Limit = {
  clock: 'response',
  priority: '',
  complexity: '',
  channel: '',
  faultLevel: '',
  seconds: 1800,
  runs: 'always',
}
const clocks = ['response', 'start', 'plan', 'onsite', 'resolution', 'follow_up', 'reply'] as const
const priorities = ['urgent', 'important', 'normal'] as const
const complexities = ['ordinary', 'complex'] as const
const channels = Object.keys(words.channel)

/** Working days count working time alone; from them another unit keeps to it. */
const runsOf = (next: LimitRow, row: LimitRow): Partial<Limit> => {
  if (next.unit === row.unit) return {}
  if (next.unit === 'workdays') return { runs: 'workdays' }
  return row.unit === 'workdays' ? { runs: 'working' } : {}
}

/** Limits of single records: for which, how long, and whether nights and weekends count. */
export function LimitsSheet({ rows, onChange }: { rows: LimitRow[]; onChange: (rows: LimitRow[]) => void }) {
  const { t, label } = useWords()
  const change = (at: number, changed: Partial<Limit>, typed: Partial<LimitRow> = {}) =>
    onChange(
      rows.map((row, i) => {
        if (i !== at) return row
        const next = { ...row, ...typed }
        const seconds = secondsOf(next.amount, next.unit) ?? row.limit.seconds
        return { ...next, limit: { ...row.limit, seconds, ...runsOf(next, row), ...changed } }
      }),
    )
  const choice = (
    at: number,
    field: 'priority' | 'complexity' | 'channel',
    prefix: string,
    codes: readonly string[],
  ) => {
    const value = rows[at]!.limit[field]
    const own = value === '' || codes.includes(value) ? [] : [value]
    return (
      <Choose
        label={t(`field.${field}`)}
        all={t('limits.every')}
        value={value || undefined}
        options={[...codes, ...own].map((code) => ({ value: code, label: label(prefix, code) }))}
        onChange={(chosen) => change(at, { [field]: chosen ?? '' } as Partial<Limit>)}
      />
    )
  }
  const heads = ['clock', 'priority', 'complexity', 'channel', 'faultLevel', 'within', 'runs'] as const
  const titles: Record<(typeof heads)[number], string> = {
    clock: t('standards.clock'),
    priority: t('field.priority'),
    complexity: t('field.complexity'),
    channel: t('field.channel'),
    faultLevel: t('field.fault_level'),
    within: t('standards.within'),
    runs: t('limits.runs'),
  }
  return (
    <>
      <section className="grid-frame" aria-label={t('standards.limits')}>
        <table className="grid sheet sheet-limits">
          <caption className="unseen">{t('standards.limits')}</caption>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {titles[head]}
                </th>
              ))}
              <th aria-label={t('standards.drop')} />
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, limit, amount, unit }, at) => (
              <tr key={key}>
                <td data-title={titles.clock}>
                  <Choose
                    label={t('standards.clock')}
                    value={limit.clock}
                    options={clocks.map((clock) => ({ value: clock, label: label('limit', clock) }))}
                    onChange={(clock) => change(at, { clock: clock as Limit['clock'] })}
                  />
                </td>
                <td data-title={titles.priority}>{choice(at, 'priority', 'priority', priorities)}</td>
                <td data-title={titles.complexity}>{choice(at, 'complexity', 'complexity', complexities)}</td>
                <td data-title={titles.channel}>{choice(at, 'channel', 'channel', channels)}</td>
                <td data-title={titles.faultLevel}>
                  <input
                    className="sheet-slot"
                    aria-label={t('field.fault_level')}
                    placeholder={t('limits.every')}
                    data-row={at}
                    data-column="faultLevel"
                    maxLength={200}
                    value={limit.faultLevel}
                    onChange={(event) => change(at, { faultLevel: event.target.value })}
                  />
                </td>
                <td data-title={titles.within}>
                  <span className="sheet-sentence sheet-amount">
                    <DecimalInput
                      label={t('standards.within')}
                      value={amount}
                      row={at}
                      column="within"
                      onChange={(typed) => change(at, {}, { amount: typed })}
                    />
                    <Choose
                      label={t('limits.unit')}
                      value={unit}
                      options={unitsOf.map((one) => ({ value: one, label: label('limitUnit', one) }))}
                      onChange={(chosen) => change(at, {}, { unit: chosen as LimitUnit })}
                    />
                  </span>
                </td>
                <td data-title={titles.runs}>
                  {limit.runs === 'workdays' ? (
                    label('runs', 'working')
                  ) : (
                    <Choose
                      label={t('limits.runs')}
                      value={limit.runs}
                      options={(['always', 'working'] as const).map((runs) => ({
                        value: runs,
                        label: label('runs', runs),
                      }))}
                      onChange={(runs) => change(at, { runs: runs as Limit['runs'] })}
                    />
                  )}
                </td>
                <td className="sheet-drop">
                  <button
                    type="button"
                    className="sheet-small"
                    aria-label={t('standards.drop')}
                    title={t('standards.drop')}
                    onClick={() => onChange(rows.toSpliced(at, 1))}
                  >
                    ×
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div className="row">
        <Button onClick={() => onChange([...rows, limitRow(fresh)])}>{t('limits.add')}</Button>
        {rows.some(({ limit }) => limit.runs !== 'always') && (
          <span className="soft small">{t('limits.workingBy')}</span>
        )}
      </div>
    </>
  )
}
