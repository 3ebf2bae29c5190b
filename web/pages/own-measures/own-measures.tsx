import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { deleteOwnMeasure, type OwnMeasure } from '../../../contract/measurement-own.ts'
import { call } from '../../call.ts'
import { useMe } from '../../session.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { Grid } from '../../ui/grid.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Detail, Empty, Failure, Loading } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { ownMeasuresQuery } from './queries.ts'

/** The measures the organization composed itself: what each says, whether it is counted, and which standards use it. */
export function OwnMeasuresPage() {
  const { t, said } = useWords()
  const { stamp } = useNumbers()
  const me = useMe()
  const queries = useQueryClient()
  const list = useQuery({
    ...ownMeasuresQuery,
    // Counting begins within a second and takes as long as reading all records once.
    refetchInterval: ({ state }) => (state.data?.items.some(({ counted }) => !counted) ? 2000 : false),
  })
  const removal = useMutation({
    mutationFn: ({ id }: OwnMeasure) => call(deleteOwnMeasure, { params: { id } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['own-measures'] }),
  })
  if (list.error) return <Failure error={list.error} onRetry={() => void list.refetch()} />
  if (!list.data) return <Loading rows={6} />
  const { items } = list.data
  const compose = <Link to="/standards/measures/new">{t('own.new')}</Link>
  return (
    <>
      <div className="page-head">
        <h1>{t('page.ownMeasures')}</h1>
        <span className="grow" />
        {me.can.editStandards && items.length > 0 && compose}
      </div>
      <div className="stack">
        <p className="soft">{t('own.what')}</p>
        {removal.error && <Detail error={removal.error} />}
        {items.length === 0 ? (
          <Empty title={t('own.none')} {...(me.can.editStandards && { action: compose })}>
            {t('own.noneWhy')}
          </Empty>
        ) : (
          <Grid
            caption={t('page.ownMeasures')}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              {
                key: 'name',
                title: t('own.name'),
                wrap: true,
                cell: (one) => {
                  const name = said({ zh: one.nameZh, en: one.nameEn })
                  return me.can.editStandards ? (
                    <Link to="/standards/measures/$id" params={{ id: one.id }}>
                      {name}
                    </Link>
                  ) : (
                    name
                  )
                },
              },
              { key: 'code', title: t('own.code'), wide: true, cell: ({ code }) => <code>{code}</code> },
              { key: 'formula', title: t('own.formula'), wrap: true, cell: ({ formula }) => said(formula) },
              {
                key: 'state',
                title: t('board.status'),
                cell: ({ counted }) => (
                  <Mark kind={counted ? 'good' : 'warn'} word={t(counted ? 'own.counted' : 'own.counting')} />
                ),
              },
              {
                key: 'used',
                title: t('own.usedIn'),
                wide: true,
                cell: ({ usedIn }) =>
                  usedIn.length === 0
                    ? t('own.unused')
                    : t('own.inVersions', { versions: usedIn.join(t('own.and')) }),
              },
              {
                key: 'changed',
                title: t('own.changed'),
                wide: true,
                cell: ({ version, changedBy, changedAt }) =>
                  `${t('own.version', { n: version })} · ${changedBy ?? '—'} · ${stamp(changedAt)}`,
              },
              {
                key: 'remove',
                title: <span className="unseen">{t('own.delete')}</span>,
                cell: (one) =>
                  me.can.editStandards && one.usedIn.length === 0 ? (
                    <Confirm
                      title={t('own.deleteAsk', { name: said({ zh: one.nameZh, en: one.nameEn }) })}
                      what={t('own.deleteWhat')}
                      yes={t('own.delete')}
                      onYes={() => removal.mutate(one)}
                      button={(ask) => (
                        <Button size="small" onClick={ask}>
                          {t('own.delete')}
                        </Button>
                      )}
                    />
                  ) : (
                    ''
                  ),
              },
            ]}
          />
        )}
      </div>
    </>
  )
}
