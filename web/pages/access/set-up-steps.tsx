import { useQuery } from '@tanstack/react-query'
import { Form, Input } from 'antd'
import type { ReactNode } from 'react'
import { packName } from '../../../contract/access.ts'
import { listPacks } from '../../../contract/standards.ts'
import { call } from '../../call.ts'
import { Failure, Loading } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'

export type Start = 'demo' | 'upload' | 'later'

export function AccountStep({ codeGiven }: { codeGiven: boolean }) {
  const { t } = useWords()
  const required = { required: true, whitespace: true, message: t('form.required') }
  return (
    <>
      <Form.Item
        name="code"
        label={t('setUp.code')}
        extra={t('setUp.codeWhere')}
        rules={[required]}
        hidden={codeGiven}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="organization" label={t('setUp.organization')} rules={[required, { max: 120 }]}>
        <Input autoComplete="organization" autoFocus />
      </Form.Item>
      <div className="two">
        <Form.Item name="login" label={t('access.login')} rules={[required, { min: 2, max: 60 }]}>
          <Input autoComplete="username" />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('access.password')}
          extra={t('access.passwordRule')}
          rules={[
            { required: true, message: t('form.required') },
            { min: 10, max: 200, message: t('access.passwordRule') },
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
      </div>
      <Form.Item name="zone" label={t('setUp.zone')} extra={t('setUp.zoneWhy')} rules={[required]}>
        <Input autoComplete="off" />
      </Form.Item>
    </>
  )
}

interface Choice<Value> {
  value: Value
  onChange: (value: Value) => void
}

/** Each pack shows its numbers before it is taken. */
export function PackStep({ value, onChange }: Choice<(typeof packName.options)[number]>) {
  const { t, said, language } = useWords()
  const packs = useQuery({ queryKey: ['packs'], queryFn: () => call(listPacks, {}) })
  if (packs.error) return <Failure error={packs.error} onRetry={() => void packs.refetch()} />
  if (!packs.data) return <Loading />
  return (
    <fieldset className="choices-cards">
      <legend className="unseen">{t('setUp.pack')}</legend>
      {packs.data.items.map((pack) => {
        const name = packName.safeParse(pack.name).data
        if (!name) return null
        return (
          <Card
            key={name}
            name="pack"
            checked={name === value}
            onChoose={() => onChange(name)}
            title={said(pack.title)}
          >
            <table>
              <tbody>
                {pack.indicators.map((indicator) => (
                  <tr key={indicator.nameZh}>
                    <td>{language === 'zh' ? indicator.nameZh : indicator.nameEn}</td>
                    <td className="number">{said(indicator.targetText)}</td>
                    <td className="number soft">{t('setUp.weight', { n: indicator.weight })}</td>
                  </tr>
                ))}
              </tbody>
            </table>
            {pack.timeLimits.length > 0 && (
              <p className="small soft">{t('setUp.limits', { n: pack.timeLimits.length })}</p>
            )}
          </Card>
        )
      })}
    </fieldset>
  )
}

export function DataStep({ value, onChange }: Choice<Start>) {
  const { t } = useWords()
  return (
    <fieldset className="choices-cards">
      <legend className="unseen">{t('setUp.data')}</legend>
      {(['demo', 'upload', 'later'] as const).map((start) => (
        <Card
          key={start}
          name="start"
          checked={start === value}
          onChoose={() => onChange(start)}
          title={t(`setUp.${start}`)}
        >
          <p className="small soft">{t(`setUp.${start}What`)}</p>
        </Card>
      ))}
    </fieldset>
  )
}

function Card(given: {
  name: string
  title: string
  checked: boolean
  onChoose: () => void
  children: ReactNode
}) {
  return (
    <label className="card">
      <span className="card-title">
        <input type="radio" name={given.name} checked={given.checked} onChange={given.onChoose} />
        {given.title}
      </span>
      {given.children}
    </label>
  )
}
