import { Form, Input } from 'antd'
import { useWords } from '../../words.ts'
import { Card } from './card.tsx'

export type Start = 'demo' | 'upload' | 'later'
export interface Choice<Value> {
  value: Value
  onChange: (value: Value) => void
}

/** Two things to type; the rest is filled in from what the browser says and can be changed. */
export function AccountStep({ codeGiven }: { codeGiven: boolean }) {
  const { t } = useWords()
  const required = { required: true, whitespace: true, message: t('form.required') }
  const zone = Form.useWatch<string | undefined>('zone')
  const organization = Form.useWatch<string | undefined>('organization')
  return (
    <div className="account">
      <Form.Item
        name="code"
        label={t('setUp.code')}
        extra={t('setUp.codeWhere')}
        rules={[required]}
        hidden={codeGiven}
      >
        <Input autoComplete="off" />
      </Form.Item>
      <div className="two">
        <Form.Item
          name="login"
          label={t('access.login')}
          extra={t('setUp.loginWhat')}
          rules={[required, { min: 2, max: 60, message: t('setUp.loginRule') }]}
        >
          <Input autoComplete="username" autoFocus />
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
      <details className="guessed">
        <summary>
          <span>{[organization, zone, t('setUp.language')].filter(Boolean).join(' · ')}</span>
          <span className="guessed-change">{t('setUp.change')}</span>
        </summary>
        <div className="two">
          <Form.Item
            name="organization"
            label={t('setUp.organization')}
            extra={t('setUp.organizationWhere')}
            rules={[required, { max: 120 }]}
          >
            <Input autoComplete="organization" />
          </Form.Item>
          <Form.Item name="zone" label={t('setUp.zone')} extra={t('setUp.zoneWhy')} rules={[required]}>
            <Input autoComplete="off" />
          </Form.Item>
        </div>
        <p className="soft small">{t('setUp.languageWhere')}</p>
      </details>
    </div>
  )
}

export function DataStep({ value, onChange }: Choice<Start>) {
  const { t } = useWords()
  return (
    <fieldset className="choices-cards choices-three">
      <legend>{t('setUp.dataWhat')}</legend>
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
