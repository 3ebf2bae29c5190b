import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { listPeople, listUnits, unknownStart } from '../../../contract/directory.ts'
import { call } from '../../call.ts'
import { useMe } from '../../session.ts'
import { Grid } from '../../ui/grid.tsx'
import { Failure, Loading, NoPermission } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { SettingsTabs } from '../settings/settings-tabs.tsx'
import { NewPerson } from './new-person.tsx'
import { NewUnit } from './new-unit.tsx'
import { PastePeople } from './paste-people.tsx'
import { PersonDrawer } from './person-drawer.tsx'
import { UnitTree } from './unit-panel.tsx'
import { withBelow } from './unit-tree.ts'
import './people.css'
import '../../ui/link-button.css'

const route = getRouteApi('/inside/settings/people')

/** Who works here and where: the tree of units, and the people of the chosen one and of those below it. */
export function PeoplePage() {
  const { t, label } = useWords()
  const me = useMe()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const units = useQuery({ queryKey: ['units'], queryFn: () => call(listUnits, {}) })
  const people = useQuery({
    queryKey: ['people', search.left],
    queryFn: () => call(listPeople, { query: { left: search.left } }),
  })
  if (!me.can.manage) return <NoPermission />
  const failed = units.error ?? people.error
  if (failed) return <Failure error={failed} onRetry={() => void people.refetch()} />
  if (!units.data || !people.data) return <Loading rows={10} />
  const all = units.data.items
  const within = search.unit ? withBelow(all, search.unit) : undefined
  const shown = people.data.items.filter(({ unitId }) => !within || within.has(unitId))
  const open = people.data.items.find(({ id }) => id === search.person)
  return (
    <>
      <div className="page-head">
        <h1>{t('people.title')}</h1>
        <span className="grow" />
        <PastePeople />
        <NewPerson />
        <NewUnit />
      </div>
      <SettingsTabs />
      <div className="people-sides">
        <UnitTree
          units={all}
          people={people.data.items}
          chosen={search.unit}
          onChoose={(unit) => void navigate({ search: { ...search, unit } })}
        />
        <div className="stack">
          <div className="row">
            <h2>{all.find(({ id }) => id === search.unit)?.name ?? t('people.people')}</h2>
            <span className="soft number">{t('people.count', { n: shown.length })}</span>
            <span className="grow" />
            <label className="row small">
              <input
                type="checkbox"
                checked={search.left === 'yes'}
                onChange={(event) =>
                  void navigate({ search: { ...search, left: event.target.checked ? 'yes' : undefined } })
                }
              />
              {t('people.showLeft')}
            </label>
          </div>
          <Grid
            caption={t('people.people')}
            rows={shown}
            keyOf={({ id }) => id}
            empty={<p className="soft people-none">{t('people.none')}</p>}
            columns={[
              {
                key: 'name',
                title: t('people.personName'),
                cell: ({ id, name }) => (
                  <button
                    type="button"
                    className="link-button"
                    onClick={() => void navigate({ search: { ...search, person: id } })}
                  >
                    {name}
                  </button>
                ),
              },
              { key: 'no', title: t('people.employeeNo'), wide: true, cell: ({ employeeNo }) => employeeNo },
              { key: 'unit', title: t('record.unit'), cell: ({ unitName }) => unitName },
              {
                key: 'duty',
                title: t('people.duty'),
                cell: ({ postings }) => {
                  const duty = postings.at(-1)?.duty
                  return duty && label('duty', duty)
                },
              },
              {
                key: 'since',
                title: t('people.since'),
                wide: true,
                cell: ({ postings, endedOn }) => {
                  const since = postings.at(-1)?.fromOn
                  const from = since === unknownStart ? '' : (since ?? '')
                  return endedOn ? `${from} – ${endedOn}` : from || null
                },
              },
            ]}
          />
        </div>
      </div>
      {open && (
        <PersonDrawer
          key={open.id}
          person={open}
          units={all}
          onClose={() => void navigate({ search: { ...search, person: undefined } })}
        />
      )}
    </>
  )
}
