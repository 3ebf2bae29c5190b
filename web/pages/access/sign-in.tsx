import { useMutation, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useRouter } from '@tanstack/react-router'
import { Button } from 'antd'
import { type FormEvent, useState } from 'react'
import { signIn } from '../../../contract/access.ts'
import { call } from '../../call.ts'
import { ownPath } from '../../paths.ts'
import { meQuery } from '../../session.ts'
import { Field } from '../../ui/field.tsx'
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
  const [missing, setMissing] = useState<string[]>([])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    const body = { login: String(given.get('login')), password: String(given.get('password')) }
    const blank = (['login', 'password'] as const).filter((name) => body[name].trim() === '')
    setMissing(blank)
    if (blank.length === 0) signing.mutate(body)
  }
  return (
    <Gate title={t('signIn.title')}>
      {back && <p className="soft">{t('signIn.again')}</p>}
      <form noValidate onSubmit={submit}>
        <Field
          name="login"
          label={t('access.login')}
          autoComplete="username"
          autoFocus
          wrong={missing.includes('login') ? t('form.required') : undefined}
        />
        <Field
          name="password"
          type="password"
          label={t('access.password')}
          autoComplete="current-password"
          wrong={missing.includes('password') ? t('form.required') : undefined}
        />
        {signing.error && (
          <div role="alert" className="refusal">
            <Detail error={signing.error} />
          </div>
        )}
        <Button type="primary" size="large" htmlType="submit" block loading={signing.isPending}>
          {t('signIn.title')}
        </Button>
      </form>
    </Gate>
  )
}
