import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { listMeasures, type Measure, states } from '../../../contract/measurement.ts'
import { call } from '../../call.ts'
import { keysShown, shortcutGroups, shortcuts } from '../../ui/shortcuts.ts'
import { Detail, Loading } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { terms } from './terms.ts'
import './help.css'

const route = getRouteApi('/inside/help')
/** What figures go by over time. */
const topics = ['moved', 'sight', 'stages', 'stageDays'] as const
const importSteps = ['choose', 'map', 'preview', 'done'] as const
const shownStates = [...states.filter((state) => state !== 'ok'), 'zero', 'provisional'] as const

/** Bundled with the product: measures out of the catalogue, states, moves and stages, importing, keys out of their registry, the glossary. */
export function HelpPage() {
  const { t, said, label } = useWords()
  const { q = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const measures = useQuery({
    queryKey: ['measures'],
    queryFn: () => call(listMeasures, {}),
    staleTime: 300_000,
  })
  const sought = q.trim().toLowerCase()
  const fits = (...texts: string[]) => sought === '' || texts.join(' ').toLowerCase().includes(sought)
  const found = (measures.data?.items ?? []).filter((one) =>
    fits(one.name.zh, one.name.en, one.code, one.formula.zh, one.formula.en),
  )
  const foundStates = shownStates.filter((state) =>
    fits(label('helpState', state), label('helpStateWhat', state)),
  )
  const foundTopics = topics.filter((topic) =>
    fits(t('help.topics'), label('helpTopic', topic), label('helpTopicWhat', topic)),
  )
  const foundSteps = importSteps.filter((step) => fits(t('help.import'), label('helpImport', step)))
  const foundKeys = shortcuts.filter(({ word, keys }) => fits(t('key.list'), t(word), keys))
  const foundTerms = terms.filter(({ zh, en, line }) => fits(zh, en, line))
  const nothing =
    measures.data &&
    [found, foundStates, foundTopics, foundSteps, foundKeys, foundTerms].every((list) => list.length === 0)
  return (
    <>
      <div className="page-head">
        <h1>{t('shell.help')}</h1>
        <input
          type="search"
          className="help-search"
          aria-label={t('help.search')}
          placeholder={t('help.search')}
          value={q}
          onChange={(event) =>
            void navigate({ search: { q: event.target.value || undefined }, replace: true })
          }
        />
      </div>
      <div className="help stack">
        {measures.error && <Detail error={measures.error} />}
        {measures.isPending && <Loading rows={6} />}
        {nothing && <p className="soft">{t('help.nothing')}</p>}
        {found.length > 0 && (
          <section>
            <h2 id="measures">{t('help.measures')}</h2>
            <p className="soft">{t('help.score')}</p>
            {found.map((measure) => (
              <MeasureHelp key={measure.code} measure={measure} />
            ))}
          </section>
        )}
        {foundStates.length > 0 && (
          <section>
            <h2>{t('help.states')}</h2>
            <dl className="help-list">
              {foundStates.map((state) => (
                <div key={state}>
                  <dt>{label('helpState', state)}</dt>
                  <dd>{label('helpStateWhat', state)}</dd>
                </div>
              ))}
            </dl>
          </section>
        )}
        {foundTopics.length > 0 && (
          <section>
            <h2>{t('help.topics')}</h2>
            <dl className="help-list">
              {foundTopics.map((topic) => (
                <div key={topic}>
                  <dt>{label('helpTopic', topic)}</dt>
                  <dd>{label('helpTopicWhat', topic)}</dd>
                </div>
              ))}
            </dl>
          </section>
        )}
        {foundSteps.length > 0 && (
          <section>
            <h2>{t('help.import')}</h2>
            <ol>
              {foundSteps.map((step) => (
                <li key={step}>{label('helpImport', step)}</li>
              ))}
            </ol>
            <Link to="/records/import" search={{}}>
              {t('page.import')}
            </Link>
          </section>
        )}
        {foundKeys.length > 0 && (
          <section>
            <h2>{t('key.list')}</h2>
            {shortcutGroups.map((group) => (
              <dl key={group} className="help-list">
                {foundKeys
                  .filter((shortcut) => shortcut.group === group)
                  .map(({ keys, word }) => (
                    <div key={keys}>
                      <dt>
                        <kbd>{keysShown(keys)}</kbd>
                      </dt>
                      <dd>{t(word)}</dd>
                    </div>
                  ))}
              </dl>
            ))}
          </section>
        )}
        {foundTerms.length > 0 && (
          <section>
            <h2>{t('help.glossary')}</h2>
            <dl className="help-list">
              {foundTerms.map(({ zh, en, line }) => (
                <div key={`${zh} ${en}`}>
                  <dt>{said({ zh: `${zh} · ${en}`, en: `${en} · ${zh}` })}</dt>
                  <dd className="soft">{line}</dd>
                </div>
              ))}
            </dl>
          </section>
        )}
      </div>
    </>
  )
}

function MeasureHelp({ measure }: { measure: Measure }) {
  const { t, said, label } = useWords()
  const family = measure.code.split(':')[0] ?? measure.code
  return (
    <article id={measure.code} className="help-measure">
      <h3>{said(measure.name)}</h3>
      <p className="help-formula">{said(measure.formula)}</p>
      <p>
        <span className="soft">{t('help.example')}</span> {label('example', family)}
      </p>
      <p className="soft small">
        {said(measure.attribution)} ·{' '}
        {t('help.needs', { fields: measure.needs.map((field) => label('field', field)).join(', ') })}
      </p>
    </article>
  )
}
