import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { Button, Form } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { type packName, setUp } from '../../../contract/access.ts'
import { call } from '../../call.ts'
import { meQuery } from '../../session.ts'
import { Detail } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { showTipsOnce } from './coach.tsx'
import { Gate } from './gate.tsx'
import { PackStep } from './pack-step.tsx'
import { AccountStep, DataStep, type Start } from './set-up-steps.tsx'
import './set-up.css'

const route = getRouteApi('/setup')

export interface Answers {
  code: string
  organization: string
  login: string
  password: string
  zone: string
}

const steps = ['setUp.account', 'setUp.pack', 'setUp.data'] as const

/** Three steps from nothing to a board: account, pack with its numbers, data. Afterwards this address names nothing. */
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
    onSuccess: async (me) => {
      showTipsOnce()
      queries.clear()
      queries.setQueryData(meQuery.queryKey, me)
      await (start === 'upload'
        ? navigate({ to: '/records/import', search: {} })
        : navigate({ to: '/board', search: {} }))
    },
  })
  if (!waiting && !setting.isSuccess)
    return (
      <Gate title={t('state.noPage')}>
        <Link to="/board" search={{}}>
          {t('state.toBoard')}
        </Link>
      </Gate>
    )
  const initial = {
    code: code ?? '',
    organization: t('setUp.ownOrganization'),
    zone: zoneHere(),
  }
  const onward = async () => {
    if (step === 0 && !(await form.validateFields().catch(() => undefined))) return
    if (step < 2) return setStep(step + 1)
    setting.mutate()
  }
  const busy = setting.isPending || setting.isSuccess
  return (
    <Gate title={t('setUp.title')} wide>
      <ol className="steps">
        {steps.map((key, i) => (
          <li key={key} data-done={i < step || undefined} aria-current={i === step ? 'step' : undefined}>
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
        {busy ? (
          <Making demo={start === 'demo'} />
        ) : (
          <>
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
          </>
        )}
        {!busy && (
          <div className="row gate-actions">
            {step > 0 && <Button onClick={() => setStep(step - 1)}>{t('action.previous')}</Button>}
            <span className="grow" />
            <Button type="primary" htmlType="submit">
              {t(step < 2 ? 'action.next' : `setUp.go.${start}`)}
            </Button>
          </div>
        )}
      </Form>
    </Gate>
  )
}

/** Where the browser is; one that stands on UTC is a machine and not a place. */
function zoneHere(): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  return zone?.includes('/') && !zone.startsWith('Etc/') ? zone : 'Asia/Shanghai'
}

/** What is being done, while it is. */
function Making({ demo }: { demo: boolean }) {
  const { t } = useWords()
  return (
    <div className="making" role="status">
      <progress aria-label={t('setUp.title')} />
      <p>{t(demo ? 'setUp.makingDemo' : 'setUp.making')}</p>
    </div>
  )
}
