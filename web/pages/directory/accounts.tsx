import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { listKeys, listUsers, revokeKey } from '../../../contract/access.ts'
import { call, Refused } from '../../call.ts'
import { useMe } from '../../session.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { Grid } from '../../ui/grid.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Failure, Loading, NoPermission } from '../../ui/states.tsx'
import { say } from '../../ui/toast.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { ChangeRoles } from '../access/change-roles.tsx'
import { DisableUser } from '../access/disable-user.tsx'
import { NewUser } from '../access/new-user.tsx'
import { SettingsTabs } from '../settings/settings-tabs.tsx'
import { ResetPassword } from './reset-password.tsx'
import './people.css'

/** Who may sign in to see what, and the keys programs use. */
export function AccountsPage() {
  const { t } = useWords()
  const me = useMe()
  if (!me.can.manage) return <NoPermission />
  return (
    <>
      <div className="page-head">
        <h1>{t('settings.accounts')}</h1>
        <span className="grow" />
        <NewUser />
      </div>
      <SettingsTabs />
      <div className="stack">
        <Users />
        <Keys />
      </div>
    </>
  )
}

function Users() {
  const { t, label } = useWords()
  const me = useMe()
  const users = useQuery({ queryKey: ['users'], queryFn: () => call(listUsers, {}) })
  if (users.error) return <Failure error={users.error} onRetry={() => void users.refetch()} />
  if (!users.data) return <Loading />
  return (
    <Grid
      caption={t('people.users')}
      rows={users.data.items}
      keyOf={({ id }) => id}
      columns={[
        { key: 'name', title: t('people.name'), cell: ({ name }) => name },
        { key: 'login', title: t('access.login'), cell: ({ login }) => <code>{login}</code> },
        {
          key: 'grants',
          wrap: true,
          title: t('people.roles'),
          cell: ({ grants }) =>
            grants.map((one) => `${label('role', one.role)} · ${one.unitName}`).join('; '),
        },
        {
          key: 'state',
          title: t('board.status'),
          cell: ({ disabledAt }) =>
            disabledAt === null ? (
              <Mark kind="good" word={t('people.active')} />
            ) : (
              <Mark kind="none" word={t('people.disabled')} />
            ),
        },
        {
          key: 'do',
          title: '',
          cell: (user) =>
            user.id === me.userId ? (
              ''
            ) : (
              <span className="row">
                <ChangeRoles user={user} />
                <ResetPassword id={user.id} name={user.name} disabled={user.disabledAt !== null} />
                {user.disabledAt === null && <DisableUser id={user.id} name={user.name} />}
              </span>
            ),
        },
      ]}
    />
  )
}

function Keys() {
  const { t } = useWords()
  const { stamp } = useNumbers()
  const queries = useQueryClient()
  const keys = useQuery({ queryKey: ['keys'], queryFn: () => call(listKeys, {}) })
  const revoking = useMutation({
    mutationFn: (id: string) => call(revokeKey, { params: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['keys'] }),
    onError: (error) => say(error instanceof Refused ? error.problem.detail : t('state.unanswered')),
  })
  if (keys.error) return <Failure error={keys.error} onRetry={() => void keys.refetch()} />
  if (!keys.data) return <Loading />
  return (
    <>
      <h2>{t('keys.title')}</h2>
      <Grid
        caption={t('keys.title')}
        rows={keys.data.items}
        keyOf={({ id }) => id}
        empty={<p className="soft people-none">{t('keys.none')}</p>}
        columns={[
          { key: 'name', title: t('people.name'), cell: ({ name }) => name },
          { key: 'user', title: t('keys.of'), cell: ({ userName }) => userName },
          { key: 'seen', title: t('keys.seen'), wide: true, cell: ({ seenAt }) => stamp(seenAt) },
          { key: 'until', title: t('keys.until'), wide: true, cell: ({ expiresAt }) => stamp(expiresAt) },
          {
            key: 'do',
            title: '',
            cell: ({ id, name }) => (
              <Confirm
                title={t('keys.revokeQuestion', { name })}
                what={t('keys.revokeWhat')}
                yes={t('keys.revoke')}
                onYes={() => revoking.mutate(id)}
                button={(ask) => (
                  <Button size="small" type="text" onClick={ask}>
                    {t('keys.revoke')}
                  </Button>
                )}
              />
            ),
          },
        ]}
      />
    </>
  )
}
