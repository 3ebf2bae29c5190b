import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Button, Form } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { type packName, setUp } from '../../../contract/access.ts'
import { call } from '../../call.ts'
import { meQuery } from '../../session.ts'
import { Detail, Empty } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { Gate } from './gate.tsx'
import { AccountStep, DataStep, PackStep, type Start } from './set-up-steps.tsx'

const route = getRouteApi('/setup')

export interface Answers {
  code: string
  organization: string
  login: string
  password: string
  zone: string
}

/** Three steps from nothing to a board: account, pack with its numbers, data. */
export function SetUp() {
  const { t, language } = useWords()
  const { waiting } = route.useLoaderData()
  const { code } = route.useSearch()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const [step, setStep] = useState(0)
  const [form] = Form.useForm<Answers>()
  const [pack, setPack] = useState<z.infer<typeof packName>>('general')
  const [start, setStart] = useState<Start>('demo')
  const setting = useMutation({
    mutationFn: () =>
      call(setUp, { body: { ...form.getFieldsValue(true), language, pack, demo: start === 'demo' } }),
    onSuccess: (me) => {
      queries.clear()
      queries.setQueryData(meQuery.queryKey, me)
      void (start === 'upload'
        ? navigate({ to: '/records/import', search: {} })
        : navigate({ to: '/board', search: {} }))
    },
  })
  if (!waiting)
    return (
      <Gate title={t('setUp.title')}>
        <Empty
          title={t('setUp.done')}
          action={
            <Link to="/sign-in" search={{}}>
              {t('signIn.title')}
            </Link>
          }
        />
      </Gate>
    )
  const initial = {
    code: code ?? '',
    login: 'admin',
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone || 'Asia/Shanghai',
  }
  const onward = async () => {
    if (step === 0 && !(await form.validateFields().catch(() => undefined))) return
    if (step < 2) return setStep(step + 1)
    setting.mutate()
  }
  return (
    <Gate title={t('setUp.title')} wide>
      <ol className="steps">
        {(['setUp.account', 'setUp.pack', 'setUp.data'] as const).map((key, i) => (
          <li key={key} aria-current={i === step ? 'step' : undefined}>
            {t(key)}
          </li>
        ))}
      </ol>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={initial}
        onFinish={() => void onward()}
      >
        <div hidden={step !== 0}>
          <AccountStep codeGiven={Boolean(code)} />
        </div>
        {step === 1 && <PackStep value={pack} onChange={setPack} />}
        {step === 2 && <DataStep value={start} onChange={setStart} />}
        {setting.error && (
          <div role="alert" className="refusal">
            <Detail error={setting.error} />
          </div>
        )}
        <div className="row gate-actions">
          {step > 0 && (
            <Button disabled={setting.isPending} onClick={() => setStep(step - 1)}>
              {t('action.previous')}
            </Button>
          )}
          <span className="grow" />
          {setting.isPending && start === 'demo' && <span className="soft">{t('setUp.making')}</span>}
          <Button type="primary" htmlType="submit" loading={setting.isPending}>
            {t(step < 2 ? 'action.next' : 'setUp.finish')}
          </Button>
        </div>
      </Form>
    </Gate>
  )
}
