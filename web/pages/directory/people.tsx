import { useQuery } from '@tanstack/react-query'
import { listUsers } from '../../../contract/access.ts'
import { listPeople, listUnits } from '../../../contract/directory.ts'
import { call } from '../../call.ts'
import { useMe } from '../../session.ts'
import { Grid } from '../../ui/grid.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Failure, Loading, NoPermission } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { DisableUser } from '../access/disable-user.tsx'
import { NewUser } from '../access/new-user.tsx'
import { NewPerson } from './new-person.tsx'
import { NewUnit } from './new-unit.tsx'

/** Who works here and where, and who may sign in to see what. */
export function PeoplePage() {
  const { t } = useWords()
  const me = useMe()
  if (!me.can.manage) return <NoPermission />
  return (
    <>
      <div className="page-head">
        <h1>{t('people.title')}</h1>
      </div>
      <div className="stack">
        <Users />
        <Units />
        <People />
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
    <>
      <div className="row">
        <h2>{t('people.users')}</h2>
        <span className="grow" />
        <NewUser />
      </div>
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
              user.disabledAt === null && user.id !== me.userId ? (
                <DisableUser id={user.id} name={user.name} />
              ) : (
                ''
              ),
          },
        ]}
      />
    </>
  )
}

function Units() {
  const { t, label } = useWords()
  const units = useQuery({ queryKey: ['units'], queryFn: () => call(listUnits, {}) })
  if (units.error) return <Failure error={units.error} onRetry={() => void units.refetch()} />
  if (!units.data) return <Loading />
  const names = new Map(units.data.items.map(({ id, name }) => [id, name]))
  return (
    <>
      <div className="row">
        <h2>{t('people.units')}</h2>
        <span className="grow" />
        <NewUnit />
      </div>
      <Grid
        caption={t('people.units')}
        rows={units.data.items}
        keyOf={({ id }) => id}
        columns={[
          { key: 'name', title: t('people.name'), cell: ({ name }) => name },
          { key: 'kind', title: t('people.kind'), cell: ({ kind }) => label('unitKind', kind) },
          {
            key: 'parent',
            title: t('people.parent'),
            cell: ({ parentId }) => parentId && names.get(parentId),
          },
        ]}
      />
    </>
  )
}

function People() {
  const { t } = useWords()
  const people = useQuery({ queryKey: ['people'], queryFn: () => call(listPeople, {}) })
  if (people.error) return <Failure error={people.error} onRetry={() => void people.refetch()} />
  if (!people.data) return <Loading />
  return (
    <>
      <div className="row">
        <h2>{t('people.people')}</h2>
        <span className="grow" />
        <NewPerson />
      </div>
      <Grid
        caption={t('people.people')}
        rows={people.data.items}
        keyOf={({ id }) => id}
        columns={[
          { key: 'name', title: t('people.name'), cell: ({ name }) => name },
          { key: 'no', title: t('people.employeeNo'), cell: ({ employeeNo }) => employeeNo },
          { key: 'unit', title: t('record.unit'), cell: ({ unitName }) => unitName },
          {
            key: 'since',
            title: t('people.since'),
            wide: true,
            cell: ({ postings }) => postings.at(-1)?.fromOn,
          },
        ]}
      />
    </>
  )
}
