import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import type { Product } from '../../../contract/directory.ts'
import { lifeStages } from '../../../contract/life-stage.ts'
import { productsQuery, useMe } from '../../session.ts'
import { Grid } from '../../ui/grid.tsx'
import { Failure, Loading, NoPermission } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { SettingsTabs } from '../settings/settings-tabs.tsx'
import { PasteProducts } from './paste-products.tsx'
import { ProductDrawer } from './product-drawer.tsx'
import './people.css'
import '../../ui/link-button.css'

const route = getRouteApi('/inside/settings/products')
const most = 2000

/** The products and the stages of their lives. */
export function ProductsPage() {
  const { t, label } = useWords()
  const me = useMe()
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const [typed, setTyped] = useState('')
  const [adding, setAdding] = useState(false)
  const products = useQuery(productsQuery)
  if (!me.can.manage) return <NoPermission />
  if (products.error) return <Failure error={products.error} onRetry={() => void products.refetch()} />
  if (!products.data) return <Loading rows={10} />
  const { items } = products.data
  const wanted = typed.trim().toLowerCase()
  const shown = items.filter(({ code, name }) => `${code} ${name}`.toLowerCase().includes(wanted))
  const today = todayIn(me.organization.zone)
  const open = items.find(({ id }) => id === search.product)
  return (
    <>
      <div className="page-head">
        <h1>{t('products.title')}</h1>
        <span className="grow" />
        <PasteProducts />
        <Button onClick={() => setAdding(true)}>{t('products.new')}</Button>
      </div>
      <SettingsTabs />
      <div className="stack">
        <p className="soft small">{t('products.how')}</p>
        <div className="row">
          <input
            type="search"
            className="settings-search"
            aria-label={t('products.search')}
            placeholder={t('products.search')}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
          <span className="soft number">{t('settings.products', { n: shown.length })}</span>
          {items.length >= most && <span className="small">{t('products.many')}</span>}
        </div>
        <Grid
          caption={t('products.title')}
          rows={shown}
          keyOf={({ id }) => id}
          empty={<p className="soft people-none">{t('products.none')}</p>}
          columns={[
            {
              key: 'name',
              title: t('productColumn.name'),
              cell: ({ id, name }) => (
                <button
                  type="button"
                  className="link-button"
                  onClick={() => void navigate({ search: { product: id } })}
                >
                  {name}
                </button>
              ),
            },
            { key: 'code', title: t('products.code'), wide: true, cell: ({ code }) => code },
            { key: 'category', title: t('products.category'), wide: true, cell: ({ category }) => category },
            {
              key: 'stage',
              title: t('products.stage'),
              cell: (product) => {
                const stage = stageOn(product, today)
                return stage && label('lifeStage', stage)
              },
            },
            { key: 'launchOn', title: t('productColumn.launchOn'), wide: true, cell: (one) => one.launchOn },
            { key: 'growthOn', title: t('productColumn.growthOn'), wide: true, cell: (one) => one.growthOn },
            {
              key: 'maturityOn',
              title: t('productColumn.maturityOn'),
              wide: true,
              cell: (one) => one.maturityOn,
            },
          ]}
        />
      </div>
      {adding && <ProductDrawer onClose={() => setAdding(false)} />}
      {open && <ProductDrawer key={open.id} product={open} onClose={() => void navigate({ search: {} })} />}
    </>
  )
}

const stageOn = (product: Product, today: string) =>
  lifeStages.findLast((stage) => {
    const begins = product[`${stage}On`]
    return begins !== null && begins <= today
  })

/** `2024-05-01` where the organization is. */
const todayIn = (timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date())
