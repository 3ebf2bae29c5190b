import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { z } from 'zod'
import { changeUnit, endUnit, type listUnits, type Person } from '../../../contract/directory.ts'
import { call } from '../../call.ts'
import { Choose } from '../../ui/choose.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Detail } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { fromOnOf, type Since, UnitPlace } from './unit-place.tsx'
import { treeOf, withBelow } from './unit-tree.ts'

type Unit = z.infer<typeof listUnits.reply>['items'][number]

interface Props {
  units: Unit[]
  people: readonly Person[]
  chosen: string | undefined
  onChoose: (unit: string | undefined) => void
}

/** The tree of units with how many people are in each and below; a press filters the list, a second one shows all. */
export function UnitTree({ units, people, chosen, onChoose }: Props) {
  const { t, language } = useWords()
  const [edited, setEdited] = useState<Unit>()
  const count = (id: string) => {
    const within = withBelow(units, id)
    return people.filter(({ unitId }) => within.has(unitId)).length
  }
  return (
    <section className="panel" aria-label={t('people.units')}>
      <ul className="unit-tree">
        {treeOf(units, language).map(({ unit, depth }) => (
          <li
            key={unit.id}
            aria-current={unit.id === chosen}
            style={{ paddingInlineStart: `${8 + depth * 16}px` }}
          >
            <button
              type="button"
              className="unit-name"
              onClick={() => onChoose(unit.id === chosen ? undefined : unit.id)}
            >
              <span>{unit.name}</span>
              <span className="soft number">{count(unit.id)}</span>
            </button>
            {unit.parentId !== null && (
              <Button
                className="unit-edit"
                size="small"
                type="text"
                aria-label={t('people.editUnit', { name: unit.name })}
                onClick={() => setEdited(unit)}
              >
                …
              </Button>
            )}
          </li>
        ))}
      </ul>
      {edited && <EditUnit unit={edited} units={units} onClose={() => setEdited(undefined)} />}
    </section>
  )
}

function EditUnit({ unit, units, onClose }: { unit: Unit; units: Unit[]; onClose: () => void }) {
  const { t, label } = useWords()
  const queries = useQueryClient()
  const [name, setName] = useState(unit.name)
  const [kind, setKind] = useState(unit.kind)
  const [parentId, setParentId] = useState(unit.parentId)
  const [since, setSince] = useState<Since>()
  const moves = parentId !== unit.parentId
  const done = async () => {
    await queries.invalidateQueries()
    onClose()
  }
  const saving = useMutation({
    mutationFn: () =>
      call(changeUnit, {
        params: { id: unit.id },
        body: {
          name,
          ...(kind !== 'organization' && { kind }),
          ...(moves && parentId && { parentId }),
          fromOn: since && fromOnOf(since),
        },
      }),
    onSuccess: done,
  })
  const ending = useMutation({
    mutationFn: () => call(endUnit, { params: { id: unit.id } }),
    onSuccess: done,
  })
  const failed = saving.error ?? ending.error
  const below = withBelow(units, unit.id)
  return (
    <Dialog title={t('people.editUnit', { name: unit.name })} place="middle" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate()
        }}
      >
        <label className="settings-field">
          {t('people.name')}
          <input required maxLength={120} value={name} onChange={(event) => setName(event.target.value)} />
        </label>
        <div className="settings-field">
          {t('people.kind')}
          <Choose
            label={t('people.kind')}
            value={kind}
            options={changeUnit.body.shape.kind
              .unwrap()
              .options.map((one) => ({ value: one, label: label('unitKind', one) }))}
            onChange={(chosen) => chosen && setKind(chosen as Unit['kind'])}
          />
        </div>
        <div className="settings-field">
          {t('people.parent')}
          <Choose
            label={t('people.parent')}
            value={parentId ?? undefined}
            options={units
              .filter(({ id }) => !below.has(id))
              .map((one) => ({ value: one.id, label: one.name }))}
            onChange={(chosen) => chosen && setParentId(chosen)}
          />
        </div>
        <UnitPlace unitId={unit.id} moves={moves} since={since} onChange={setSince} />
        {failed && (
          <div role="alert" className="refusal">
            <Detail error={failed} />
          </div>
        )}
        <div className="row dialog-foot">
          <Confirm
            title={t('people.endUnitQuestion', { name: unit.name })}
            what={t('people.endUnitWhat')}
            yes={t('people.endUnit')}
            onYes={() => ending.mutate()}
            button={(ask) => <Button onClick={ask}>{t('people.endUnit')}</Button>}
          />
          <span className="grow" />
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={saving.isPending}>
            {t('action.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
