import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { Button, Form, Input } from 'antd'
import { signIn } from '../../../contract/access.ts'
import { call } from '../../call.ts'
import { ownPath } from '../../paths.ts'
import { meQuery } from '../../session.ts'
import { Detail } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { Gate } from './gate.tsx'

const route = getRouteApi('/sign-in')

export function SignIn() {
  const { t } = useWords()
  const { back } = route.useSearch()
  const queries = useQueryClient()
  const router = useRouter()
  const signing = useMutation({
    mutationFn: (body: { login: string; password: string }) => call(signIn, { body }),
    onSuccess: (me) => {
      queries.clear()
      queries.setQueryData(meQuery.queryKey, me)
      router.history.push(ownPath(back))
    },
  })
  return (
    <Gate title={t('signIn.title')}>
      {back && <p className="soft">{t('signIn.again')}</p>}
      <Form layout="vertical" requiredMark={false} onFinish={signing.mutate}>
        <Form.Item
          name="login"
          label={t('access.login')}
          rules={[{ required: true, message: t('form.required') }]}
        >
          <Input autoComplete="username" autoFocus />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('access.password')}
          rules={[{ required: true, message: t('form.required') }]}
        >
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        {signing.error && (
          <div role="alert" className="refusal">
            <Detail error={signing.error} />
          </div>
        )}
        <Button type="primary" htmlType="submit" block loading={signing.isPending}>
          {t('signIn.title')}
        </Button>
      </Form>
    </Gate>
  )
}
