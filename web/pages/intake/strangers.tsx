import type { Preview } from '../../../contract/intake.ts'
import { Choose } from '../../ui/choose.tsx'
import { Grid } from '../../ui/grid.tsx'
import { Mark } from '../../ui/mark.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'

interface Props {
  people: Preview['people']
  /** Our word for a name of the file; blank leaves the agent out. */
  onChoose: (name: string, meant: string) => void
}

const leftOut = 'blank'

/** Agents nobody has: new people, or somebody known by another spelling. The choice is remembered with the source. */
export function Strangers({ people, onChoose }: Props) {
  const { t } = useWords()
  const { count } = useNumbers()
  return (
    <div className="stack">
      <div className="row">
        <Mark kind="warn" word={t('import.strangers', { n: count(people.length) })} />
        <span className="soft small">{t('import.strangersHint')}</span>
      </div>
      <Grid
        caption={t('import.strangers', { n: count(people.length) })}
        rows={people}
        keyOf={({ name }) => name}
        columns={[
          { key: 'name', title: t('import.strangerName'), cell: ({ name }) => <b>{name}</b> },
          { key: 'rows', title: t('import.rows'), right: true, cell: ({ rows }) => count(rows) },
          {
            key: 'meant',
            title: t('import.strangerIs'),
            cell: ({ name, alike }) => (
              <Choose
                label={t('import.strangerFor', { name })}
                all={t('import.strangerNew')}
                value={undefined}
                onChange={(meant) => meant && onChoose(name, meant === leftOut ? '' : meant.slice(1))}
                options={[
                  ...alike.map((one) => ({
                    value: `=${one.employeeNo ?? one.name}`,
                    label: [one.name, one.employeeNo, one.unit ?? t('import.strangerSame')]
                      .filter(Boolean)
                      .join(' · '),
                  })),
                  { value: leftOut, label: t('import.strangerBlank') },
                ]}
              />
            ),
          },
          {
            key: 'alike',
            title: t('import.strangerAlike'),
            cell: ({ name, alike: [first] }) =>
              first && (
                <button
                  type="button"
                  className="door"
                  onClick={() => onChoose(name, first.employeeNo ?? first.name)}
                >
                  {t('import.strangerTake', { name: first.name })}
                </button>
              ),
          },
        ]}
      />
    </div>
  )
}
