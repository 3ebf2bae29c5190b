import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { type FormEvent, type ReactNode, useState } from 'react'
import {
  changePerson,
  endPerson,
  movePerson,
  type Person,
  unknownStart,
} from '../../../contract/directory.ts'
import { call } from '../../call.ts'
import { Choose } from '../../ui/choose.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Detail } from '../../ui/states.tsx'
import { say } from '../../ui/toast.tsx'
import { useWords } from '../../words.ts'

interface Props {
  person: Person
  units: readonly { id: string; name: string }[]
  onClose: () => void
}

/** One person: where they were from when to when, what can be changed, moving and leaving with their day. */
export function PersonDrawer({ person, units, onClose }: Props) {
  const { t, label } = useWords()
  const params = { id: person.id }
  const [name, setName] = useState(person.name)
  const [employeeNo, setEmployeeNo] = useState(person.employeeNo ?? '')
  const first = person.postings[0]?.fromOn
  const joined = first === unknownStart ? '' : (first ?? '')
  const [joinedOn, setJoinedOn] = useState(joined)
  const [unitId, setUnitId] = useState<string>()
  const [fromOn, setFromOn] = useState('')
  const [leavesOn, setLeavesOn] = useState(person.endedOn ?? '')
  return (
    <Dialog title={person.name} place="side" onClose={onClose}>
      <ul className="postings">
        {person.postings.toReversed().map(({ unitName, duty, fromOn: from, toOn }) => (
          <li key={`${from} ${unitName}`}>
            <b>{unitName}</b> · {label('duty', duty)}{' '}
            <span className="soft number">
              {from === unknownStart ? t('people.always') : from} – {toOn ?? t('people.now')}
            </span>
          </li>
        ))}
      </ul>
      <Part
        title={t('people.edit')}
        act={t('action.save')}
        ready={name.trim() !== ''}
        run={() =>
          call(changePerson, {
            params,
            body: {
              name,
              employeeNo: employeeNo || null,
              ...(joinedOn !== '' && joinedOn !== joined && { joinedOn }),
            },
          })
        }
      >
        <label className="settings-field">
          {t('people.personName')}
          <input maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <label className="settings-field">
          {t('people.employeeNo')}
          <input maxLength={40} value={employeeNo} onChange={(event) => setEmployeeNo(event.target.value)} />
        </label>
        <label className="settings-field">
          {t('people.joinedOn')}
          <input type="date" value={joinedOn} onChange={(event) => setJoinedOn(event.target.value)} />
        </label>
      </Part>
      <Part
        title={t('people.move')}
        act={t('people.move')}
        ready={unitId !== undefined && fromOn !== ''}
        run={() => call(movePerson, { params, body: { unitId: unitId ?? '', fromOn } })}
      >
        <div className="settings-field">
          {t('people.moveTo')}
          <Choose
            label={t('people.moveTo')}
            all={t('people.chooseUnit')}
            value={unitId}
            options={units
              .filter(({ id }) => id !== person.unitId)
              .map((one) => ({ value: one.id, label: one.name }))}
            onChange={setUnitId}
          />
        </div>
        <label className="settings-field">
          {t('people.moveOn')}
          <input type="date" value={fromOn} onChange={(event) => setFromOn(event.target.value)} />
        </label>
      </Part>
      <Part
        title={t('people.leave')}
        act={leavesOn === '' && person.endedOn ? t('people.stay') : t('people.leave')}
        ready={leavesOn !== '' || person.endedOn !== null}
        run={() => call(endPerson, { params, body: { on: leavesOn || null } })}
      >
        <label className="settings-field">
          {t('people.leaveOn')}
          <input type="date" value={leavesOn} onChange={(event) => setLeavesOn(event.target.value)} />
        </label>
        <p className="soft small">{t('people.leaveWhat')}</p>
      </Part>
    </Dialog>
  )
}

interface PartProps {
  title: string
  act: string
  ready: boolean
  run: () => Promise<unknown>
  children: ReactNode
}

function Part({ title, act, ready, run, children }: PartProps) {
  const { t } = useWords()
  const queries = useQueryClient()
  const doing = useMutation({
    mutationFn: run,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['people'] })
      say(t('people.saved'))
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) doing.mutate()
  }
  return (
    <form className="drawer-form" onSubmit={submit} aria-label={title}>
      <h3>{title}</h3>
      {children}
      {doing.error && (
        <div role="alert" className="refusal">
          <Detail error={doing.error} />
        </div>
      )}
      <div className="row">
        <Button htmlType="submit" disabled={!ready} loading={doing.isPending}>
          {act}
        </Button>
      </div>
    </form>
  )
}
