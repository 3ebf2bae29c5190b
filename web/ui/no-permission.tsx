import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { meQuery } from '../session.ts'
import { useWords } from '../words.ts'
import { copy } from './copy.ts'
import { Empty } from './states.tsx'

/** Why nothing is shown, who can change that, and the sentence to send them. */
export function NoPermission({ detail }: { detail?: string }) {
  const { t, label } = useWords()
  const me = useQueryClient().getQueryData(meQuery.queryKey)
  const names = me?.administrators.join(t('list.and')) ?? ''
  const roles = me?.roles.map((role) => label('role', role)).join(' · ') ?? ''
  const request = t('state.request', { login: me?.login ?? '', roles, address: location.href })
  return (
    <Empty
      title={t('state.noPermission')}
      action={
        <>
          <Button type="primary" onClick={() => copy(request, t('state.requestCopied'), t)}>
            {t('state.copyRequest')}
          </Button>
          <Button onClick={() => history.back()}>{t('action.back')}</Button>
        </>
      }
    >
      {detail && <span className="state-line">{detail}</span>}
      <span className="state-line">
        {names ? t('state.whoGrants', { names }) : t('state.askAdministrator')}
      </span>
    </Empty>
  )
}
