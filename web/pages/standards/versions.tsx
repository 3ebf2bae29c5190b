import type { StandardReply } from '../../../contract/standards.ts'
import { Grid } from '../../ui/grid.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { type Difference, differences } from './difference.ts'
import '../../ui/link-button.css'

/** Every version with its day, author and reason, and what each changed against the one before it. */
export function Versions({
  versions,
  shown,
  onShow,
}: {
  versions: StandardReply[]
  shown: number
  onShow: (version: number) => void
}) {
  const { t } = useWords()
  const { stamp } = useNumbers()
  const at = versions.findIndex(({ version }) => version === shown)
  const [after, before] = [versions[at], versions[at + 1]]
  return (
    <>
      <h2>{t('versions.title')}</h2>
      <Grid
        caption={t('versions.title')}
        rows={versions}
        keyOf={({ version }) => String(version)}
        columns={[
          {
            key: 'version',
            title: t('standards.version'),
            cell: ({ version }) => (
              <button
                type="button"
                className="link-button"
                aria-current={version === shown}
                onClick={() => onShow(version)}
              >
                {t('versions.number', { version })}
              </button>
            ),
          },
          { key: 'day', title: t('standards.effectiveOn'), cell: ({ effectiveOn }) => effectiveOn },
          { key: 'reason', title: t('standards.reason'), wrap: true, cell: ({ reason }) => reason },
          { key: 'author', title: t('versions.author'), wide: true, cell: ({ author }) => author },
          {
            key: 'at',
            title: t('versions.publishedAt'),
            wide: true,
            cell: ({ publishedAt }) => stamp(publishedAt),
          },
        ]}
      />
      {after && before && <Differences before={before} after={after} />}
    </>
  )
}

function Differences({ before, after }: { before: StandardReply; after: StandardReply }) {
  const { t, said, label } = useWords()
  const found = differences(before, after)
  const title = t('versions.difference', { old: before.version, version: after.version })
  const shown = (row: Difference, side: 'before' | 'after') => {
    const words = row[side]
    if (!words) return null
    if (row.field === 'period') return label('grain', words.zh)
    return row.field === 'dimension' ? label('dimension', words.zh) : said(words)
  }
  return (
    <>
      <h2>{title}</h2>
      <Grid
        caption={title}
        rows={found}
        keyOf={({ name, field }) => `${name.zh} ${field}`}
        empty={<p className="soft grid-empty">{t('versions.same')}</p>}
        columns={[
          { key: 'name', title: t('standards.name'), wrap: true, cell: ({ name }) => said(name) },
          {
            key: 'field',
            title: t('versions.field'),
            cell: ({ field, before: was }) =>
              field === 'indicator'
                ? t(was ? 'versions.dropped' : 'versions.added')
                : label('standards', field),
          },
          { key: 'before', title: t('versions.before'), wrap: true, cell: (row) => shown(row, 'before') },
          { key: 'after', title: t('versions.after'), wrap: true, cell: (row) => shown(row, 'after') },
        ]}
      />
    </>
  )
}
