/** Eight indicators of work orders: all that the generated columns can say. */
export const codes = [
  'first_response_minutes',
  'response_in_time_rate',
  'handling_hours',
  'resolution_hours',
  'resolution_in_time_rate',
  'first_contact_resolution',
  'reopen_rate',
  'record_completeness',
]

export type Dialect = 'postgres' | 'duckdb'

/** Per key and code: the denominator, and the sum in seconds (or the numerator of a rate). */
export type Answer = Map<string, { n: number; sum: number }>

export interface Asked {
  organizationId: string
  /** Epoch ms, half-open. */
  fromMs: number
  toMs: number
  by: By
}

export type By = 'unit' | 'agent' | 'month'

/**
 * What a BI tool would send: one statement with a part for each day an indicator is anchored on, each bounded by
 * the indexed time. Limits fall within three days of the receipt, so a week's lead is enough.
 */
export function peerSql(dialect: Dialect, asked: Asked): string {
  const time = (ms: number) => instantSql(ms, dialect)
  const [from, to, lead] = [time(asked.fromMs), time(asked.toMs), time(asked.fromMs - 7 * 86_400_000)]
  const table = dialect === 'postgres' ? 'cases.work_order' : 'work_order'
  const own = dialect === 'postgres' ? `organization_id = '${asked.organizationId}' and ` : ''
  const key = (at: string) => (asked.by === 'month' ? monthOf(dialect, at) : `${asked.by}_id::text`)
  const span = (later: string, earlier: string) =>
    dialect === 'postgres'
      ? `sum(extract(epoch from ${later} - ${earlier}))`
      : `sum(epoch_ms(${later}) - epoch_ms(${earlier})) / 1000`
  const due = (done: string, limit: string) => `
    select ${key('anchored_at')} as key, count(*) as n, count(*) filter (where ${done} <= ${limit}) as sum
    from (select *, least(${done}, ${limit}) as anchored_at from ${table}
      where ${own}occurred_at >= ${lead} and occurred_at < ${to} and (${done} is not null or ${limit} <= clock_at)) f
    where anchored_at >= ${from} and anchored_at < ${to} group by 1`
  return `
    with received as (
      select ${key('occurred_at')} as key, count(responded_at) as answered,
        ${span('responded_at', 'received_at')} as waited, sum(required_fields) as required, sum(filled_fields) as filled
      from ${table} where ${own}occurred_at >= ${from} and occurred_at < ${to} group by 1
    ), resolved as (
      select ${key('resolved_at')} as key, count(*) as n, count(started_at) as started,
        ${span('resolved_at', 'started_at')} as handled, ${span('resolved_at', 'received_at')} as took,
        count(*) filter (where contact_count = 1 and reopen_count = 0) as at_once,
        count(*) filter (where reopen_count > 0) as reopened
      from ${table} where ${own}resolved_at >= ${from} and resolved_at < ${to} group by 1
    ), responses as (${due('responded_at', 'response_due_at')}
    ), resolutions as (${due('resolved_at', 'resolution_due_at')}
    )
    select key, answered, waited, required, filled, r.n, started, handled, took, at_once, reopened,
      s.n as responses, s.sum as responded_in_time, d.n as resolutions, d.sum as resolved_in_time
    from received join resolved r using (key) join responses s using (key) join resolutions d using (key)`
}

export const instantSql = (ms: number, dialect: Dialect): string => {
  const text = new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
  return dialect === 'postgres' ? `timestamptz '${text}+00'` : `timestamp '${text}'`
}

/** Shanghai has been eight hours ahead throughout the span. */
const monthOf = (dialect: Dialect, at: string): string =>
  dialect === 'postgres'
    ? `to_char(${at} at time zone 'Asia/Shanghai', 'YYYY-MM')`
    : `strftime(${at} + interval 8 hour, '%Y-%m')`

/** Reads a peer's rows into the form both sides are compared in. */
export function peerAnswer(rows: Record<string, unknown>[]): Answer {
  const answer: Answer = new Map()
  const columns: Record<string, [string, string]> = {
    first_response_minutes: ['answered', 'waited'],
    response_in_time_rate: ['responses', 'responded_in_time'],
    handling_hours: ['started', 'handled'],
    resolution_hours: ['n', 'took'],
    resolution_in_time_rate: ['resolutions', 'resolved_in_time'],
    first_contact_resolution: ['n', 'at_once'],
    reopen_rate: ['n', 'reopened'],
    record_completeness: ['required', 'filled'],
  }
  for (const row of rows)
    for (const code of codes) {
      const [n = '', sum = ''] = columns[code] ?? []
      answer.set(`${row.key} ${code}`, { n: Number(row[n]), sum: Math.round(Number(row[sum])) })
    }
  return answer
}
