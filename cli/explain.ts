import { drainChanges, type Explanation, explain } from '../server/measurement/index.ts'
import { isoInZone, type Zone, zone } from '../server/platform/time.ts'
import { unitId, withOrganization } from './context.ts'
import { needFlag, needWord, textFlag } from './flags.ts'
import { periodOf } from './period.ts'
import { data, language, table, talk } from './print.ts'
import { responseRateText } from './response-rate.ts'
import type { Command } from './run.ts'

export const command: Command = async (words, flags) => {
  const code = needWord(words, 0, { zh: '指标代码', en: 'the code of the measure' })
  const period = needFlag(flags, 'period')
  periodOf(period)
  return withOrganization(flags, async (context) => {
    const { db, scope } = context
    const place = zone(context.zone)
    const now = new Date()
    const unit = await unitId(context, textFlag(flags, 'unit'))
    await drainChanges(db, scope.organizationId, now)
    const found = await db.transaction(
      scope,
      (tx) => explain(tx, code, { period, where: unit === undefined ? {} : { unit } }, { now }),
      { readOnly: true, timeoutMs: 0 },
    )
    if (flags.json) data(documentOf(found, place))
    else printed(found, place)
    return 0
  })
}

function documentOf(found: Explanation, place: Zone) {
  const lang = language()
  const { definition } = found
  return {
    code: found.code,
    period: found.period,
    value: found.value,
    measured_in: definition.unit,
    state: found.state,
    ...('responseRate' in found && { response_rate: found.responseRate }),
    definition: {
      code: definition.code,
      name: definition.name[lang],
      version: definition.version,
      formula: definition.formula[lang],
      filter: filterOf(definition.needs)[lang],
      clock: definition.clock,
      attribution: definition.attribution[lang],
    },
    included: {
      n: found.included.n,
      records: found.included.records.map((one) => ({
        kind: one.kind,
        external_id: one.externalId,
        at: isoInZone(Date.parse(one.at), place),
        value: one.value,
        in_numerator: one.inNumerator,
        unit: one.unit,
        agent: one.agent,
        product: one.product,
        batch: one.batch,
        file: one.fileName,
        line: one.line,
      })),
    },
    excluded: Object.fromEntries(found.excluded.map(({ reason, n }) => [reason, n])),
    missing: found.missing,
    closed: found.closed && {
      copy: found.closed.number,
      made_at: found.closed.madeAt,
      value: found.closed.value,
      n: found.closed.n,
    },
    versions: found.versions,
  }
}

const filterOf = (needs: string[]) => ({
  zh: `未被排除，且有 ${needs.join('、')}`,
  en: `not excluded, and with ${needs.join(', ')}`,
})

function printed(found: Explanation, place: Zone): void {
  const lang = language()
  const { definition, included, excluded, versions } = found
  const line = (zh: string, en: string, text: string) =>
    process.stdout.write(`${lang === 'zh' ? zh : en}: ${text}\n`)
  line('指标', 'Measure', `${definition.name[lang]} (${definition.code})`)
  line(
    '数值',
    'Value',
    `${found.value ?? '–'} ${definition.unit} · ${[found.state, ...found.missing].join(' ')}`,
  )
  if ('responseRate' in found) line('问卷回收率', 'Response rate', responseRateText(found))
  const { closed } = found
  if (closed)
    line('关账', 'Closed', `${closed.value ?? '–'} ${definition.unit} · n=${closed.n} · #${closed.number}`)
  line('公式', 'Formula', definition.formula[lang])
  line('条件', 'Filter', filterOf(definition.needs)[lang])
  line('归属', 'Attribution', definition.attribution[lang])
  line('版本', 'Versions', `${versions.standard ?? '–'} · ${definition.code} v${versions.measure}`)
  line('计入', 'Included', String(included.n))
  line('排除', 'Excluded', excluded.map(({ reason, n }) => `${reason} ${n}`).join(', ') || '0')
  if (included.records.length === 0) return
  table(
    lang === 'zh' ? ['编号', '时间', '数值', '文件', '行'] : ['Number', 'Time', 'Value', 'File', 'Line'],
    included.records.map((one) => [
      one.externalId,
      isoInZone(Date.parse(one.at), place),
      String(one.value ?? ''),
      one.fileName ?? '',
      String(one.line ?? ''),
    ]),
    [2, 4],
  )
  if (included.n > included.records.length)
    talk(`只列出前 ${included.records.length} 条。`, `Only the first ${included.records.length} are listed.`)
}
