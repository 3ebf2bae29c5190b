import { Button, Input, Select } from 'antd'
import type { z } from 'zod'
import type { publishStandard } from '../../../contract/standards.ts'
import { Grid } from '../../ui/grid.tsx'
import { useWords } from '../../words.ts'
import { isDecimal } from './weights.ts'

export type Draft = z.infer<typeof publishStandard.body>['indicators'][number]
type Rule = Draft['rule']

interface Props {
  drafts: Draft[]
  onChange: (drafts: Draft[]) => void
}

export function DraftTable({ drafts, onChange }: Props) {
  const { t, label, language } = useWords()
  const change = (code: string, changed: Partial<Draft>) =>
    onChange(drafts.map((one) => (one.code === code ? { ...one, ...changed } : one)))
  const nameOf = ({ nameZh, nameEn }: Draft) => (language === 'zh' ? nameZh : nameEn)
  return (
    <Grid
      caption={t('standards.table')}
      rows={drafts}
      keyOf={({ code }) => code}
      columns={[
        {
          key: 'dimension',
          title: t('standards.dimension'),
          wide: true,
          cell: ({ dimension }) => label('dimension', dimension),
        },
        { key: 'name', title: t('standards.name'), cell: (one) => <b>{nameOf(one)}</b> },
        {
          key: 'weight',
          title: t('standards.weight'),
          right: true,
          cell: (one) => (
            <Decimal
              label={`${nameOf(one)} ${t('standards.weight')}`}
              value={one.weight}
              onChange={(weight) => change(one.code, { weight })}
            />
          ),
        },
        {
          key: 'target',
          title: t('standards.target'),
          right: true,
          cell: (one) => (
            <Decimal
              label={`${nameOf(one)} ${t('standards.target')}`}
              before={one.target.operator === '<=' ? '≤' : '≥'}
              value={one.target.value}
              onChange={(value) => change(one.code, { target: { ...one.target, value } })}
            />
          ),
        },
        {
          key: 'rule',
          title: t('standards.rule'),
          cell: (one) => <RuleFields rule={one.rule} onChange={(rule) => change(one.code, { rule })} />,
        },
        {
          key: 'drop',
          title: '',
          cell: (one) => (
            <Button
              size="small"
              type="text"
              onClick={() => onChange(drafts.filter((other) => other !== one))}
            >
              {t('standards.drop')}
            </Button>
          ),
        },
      ]}
    />
  )
}

function RuleFields({ rule, onChange }: { rule: Rule; onChange: (rule: Rule) => void }) {
  const { t, label } = useWords()
  if (rule.kind === 'pass_fail') return <span className="soft">{t('rule.pass_fail')}</span>
  if (rule.kind === 'between')
    return (
      <span className="row">
        {t('rule.floor')}
        <Decimal
          label={t('rule.floor')}
          value={rule.floor}
          onChange={(floor) => onChange({ ...rule, floor })}
        />
      </span>
    )
  if (rule.kind === 'bands')
    return (
      <span className="rule-bands">
        {rule.bands.map((band, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a band is its place while its number is typed
          <span key={i} className="row">
            <Decimal
              label={t('rule.from')}
              value={band.from}
              onChange={(from) => onChange({ ...rule, bands: rule.bands.with(i, { ...band, from }) })}
            />
            {t('rule.gives')}
            <Decimal
              label={t('rule.score')}
              value={band.score}
              onChange={(score) => onChange({ ...rule, bands: rule.bands.with(i, { ...band, score }) })}
            />
          </span>
        ))}
      </span>
    )
  return (
    <span className="row">
      {t('rule.each')}
      <Decimal label={t('rule.each')} value={rule.per} onChange={(per) => onChange({ ...rule, per })} />
      {t('rule.takes')}
      <Decimal
        label={t('rule.takes')}
        value={rule.points}
        onChange={(points) => onChange({ ...rule, points })}
      />
      <Select
        size="small"
        aria-label={t('rule.step')}
        popupMatchSelectWidth={false}
        value={rule.step}
        onChange={(step) => onChange({ ...rule, step })}
        options={(['whole', 'linear', 'started'] as const).map((step) => ({
          value: step,
          label: label('step', step),
        }))}
      />
    </span>
  )
}

interface DecimalProps {
  label: string
  value: string
  before?: string
  onChange: (value: string) => void
}

/** A decimal kept as text, so that 0.1 stays 0.1. */
const Decimal = ({ label, value, before, onChange }: DecimalProps) => (
  <Input
    className="decimal"
    size="small"
    inputMode="decimal"
    aria-label={label}
    prefix={before}
    status={isDecimal(value) ? '' : 'error'}
    value={value}
    onChange={(event) => onChange(event.target.value.trim())}
  />
)
