import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { type FormEvent, useState } from 'react'
import { factKinds } from '../../../contract/fact-kinds.ts'
import { changeOwnMeasure, createOwnMeasure, type OwnMeasure } from '../../../contract/measurement-own.ts'
import { factNames, ownDays, ownField } from '../../../contract/own-fields.ts'
import { call } from '../../call.ts'
import { Choose } from '../../ui/choose.tsx'
import { Detail } from '../../ui/states.tsx'
import { say } from '../../ui/toast.tsx'
import { useWords } from '../../words.ts'
import { AggregateChoice } from './aggregate-choice.tsx'
import { Conditions } from './conditions.tsx'
import { type Composed, emptyDraft, startOf } from './draft.ts'
import { Trial } from './trial.tsx'
import './compose.css'

/** A measure composed line by line, with what it says, gives and counts beside it. */
export function ComposeForm({ stands, today }: { stands: OwnMeasure | undefined; today: string }) {
  const { t, said, label } = useWords()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [draft, setDraft] = useState<Composed>(() => (stands ? draftOf(stands) : emptyDraft()))
  const { definition } = draft
  const change = (changed: Partial<Composed>) => setDraft((now) => ({ ...now, ...changed }))
  const define = (changed: Partial<Composed['definition']>) =>
    change({ definition: { ...definition, ...changed } })
  const saving = useMutation({
    mutationFn: () => {
      const { code, ...rest } = draft
      return stands
        ? call(changeOwnMeasure, { params: { id: stands.id }, body: { ...rest, version: stands.version } })
        : call(createOwnMeasure, { body: { code, ...rest } })
    },
    onSuccess: async () => {
      await Promise.all(
        [['own-measures'], ['measures']].map((queryKey) => queries.invalidateQueries({ queryKey })),
      )
      say(t('own.saved', { name: draft.nameZh }))
      await navigate({ to: '/standards/measures' })
    },
  })
  const save = (event: FormEvent) => {
    event.preventDefault()
    saving.mutate()
  }
  const named = (key: 'nameZh' | 'nameEn' | 'code', most: number, pattern?: string) => (
    <label className="compose-field">
      {t(`own.${key}`)}
      <input
        required
        maxLength={most}
        pattern={pattern}
        title={pattern && t('own.codeWhat')}
        value={draft[key]}
        onChange={({ target }) => change({ [key]: target.value })}
      />
    </label>
  )
  return (
    <>
      <div className="page-head">
        <h1>{stands ? said({ zh: stands.nameZh, en: stands.nameEn }) : t('own.new')}</h1>
        <span className="grow" />
        <Link to="/standards/measures">{t('page.ownMeasures')}</Link>
      </div>
      <form className="compose" onSubmit={save}>
        <section className="panel" aria-label={t('own.definition')}>
          <div className="compose-names">
            {named('nameZh', 80)}
            {named('nameEn', 120)}
            {stands ? (
              <div className="compose-field">
                {t('own.code')}
                <code>{stands.code}</code>
              </div>
            ) : (
              named('code', 40, '[a-z][a-z0-9_]{1,39}')
            )}
          </div>
          <h2>{t('own.data')}</h2>
          <div className="compose-line">
            <Choose
              label={t('own.data')}
              value={definition.facts}
              options={factKinds.map((kind) => ({ value: kind, label: said(factNames[kind]) }))}
              onChange={(chosen) => {
                const facts = factKinds.find((kind) => kind === chosen)
                if (facts) change({ definition: startOf(facts) })
              }}
            />
            <span className="soft">{t('own.onDay')}</span>
            <Choose
              label={t('own.onDay')}
              value={definition.day}
              options={ownDays[definition.facts].map((key) => ({
                value: key,
                label: said(ownField(definition.facts, key) ?? { zh: key, en: key }),
              }))}
              onChange={(day) => define({ day: day ?? '' })}
            />
          </div>
          <Conditions
            key={definition.facts}
            title={t('own.where')}
            facts={definition.facts}
            conditions={definition.where}
            onChange={(where) => define({ where })}
          />
          <h2>{t('own.make')}</h2>
          <AggregateChoice definition={definition} onChange={(next) => change({ definition: next })} />
          <h2>{t('own.better')}</h2>
          <div className="compose-line">
            <Choose
              label={t('own.better')}
              value={draft.better}
              options={(['lower', 'higher', 'none'] as const).map((one) => ({
                value: one,
                label: label('better', one),
              }))}
              onChange={(better) =>
                change({ better: better === 'higher' || better === 'none' ? better : 'lower' })
              }
            />
          </div>
          {saving.error && (
            <div role="alert">
              <Detail error={saving.error} />
            </div>
          )}
          <div className="row compose-foot">
            <Button type="primary" htmlType="submit" loading={saving.isPending}>
              {t(stands ? 'own.saveVersion' : 'own.save')}
            </Button>
            {stands && stands.usedIn.length > 0 && (
              <span className="soft small">
                {t('own.changesPast', { versions: stands.usedIn.join(t('own.and')) })}
              </span>
            )}
          </div>
        </section>
        <Trial definition={definition} today={today} />
      </form>
    </>
  )
}

const draftOf = ({ code, nameZh, nameEn, better, definition }: OwnMeasure): Composed => ({
  ...{ code, nameZh, nameEn, better, definition },
})
