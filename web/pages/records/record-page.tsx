import { EditOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { type ListKind, listColumns } from '../../../contract/list-columns.ts'
import { useMe } from '../../session.ts'
import { Facts } from '../../ui/facts.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Failure, Loading } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import { Provenance } from '../intake/provenance.tsx'
import { EditRecord } from './edit-record.tsx'
import { type Listed, valueIn } from './list-cells.tsx'
import { RecordExclusion } from './record-exclusion.tsx'
import { RecordHistory } from './record-history.tsx'
import { recordRoutes, type Shared } from './record-routes.ts'
import './record-page.css'

interface Props {
  kind: ListKind
  id: string
  title: string
  status?: (record: Listed & Shared) => string | null
  /** Stands beside what the record says: the clocks of an order. */
  beside?: (record: Listed & Shared) => ReactNode
}

/** One record: what it says, where it is from, what became of it. */
export function RecordPage({ kind, id, title, status, beside }: Props) {
  const { t } = useWords()
  const me = useMe()
  const [editing, setEditing] = useState(false)
  const record = useQuery({
    queryKey: [kind, 'one', id],
    queryFn: ({ signal }) => recordRoutes[kind].read(id, signal),
  })
  if (record.error) return <Failure error={record.error} onRetry={() => void record.refetch()} />
  if (!record.data) return <Loading shape="record" />
  const { data } = record
  const state = status?.(data)
  return (
    <>
      <div className="page-head">
        <Link to={`/records/${kind}`} search={{}} data-up>
          {title}
        </Link>
        <span className="soft">/</span>
        <h1 className="number">{data.externalId}</h1>
        {state && <span className="tag">{state}</span>}
        {data.excludedReason !== null && (
          <Mark kind="none" word={t('order.excluded', { reason: data.excludedReason })} />
        )}
        <span className="grow" />
        {me.can.write && !editing && (
          <Button icon={<EditOutlined />} onClick={() => setEditing(true)}>
            {t('entry.edit')}
          </Button>
        )}
        <RecordExclusion kind={kind} id={id} excluded={data.excludedReason !== null} />
      </div>
      <div className={beside ? 'record' : 'record record-narrow'}>
        <section className="panel stack">
          <h2>{t('order.what')}</h2>
          {editing ? (
            <EditRecord kind={kind} record={data} onDone={() => setEditing(false)} />
          ) : (
            <Said kind={kind} record={data} />
          )}
        </section>
        {beside?.(data)}
        <section className="panel stack record-wide">
          <h2>{t('history.title')}</h2>
          <RecordHistory kind={kind} id={id} version={data.version} />
        </section>
        <section className="panel stack record-wide">
          <h2>{t('order.provenance')}</h2>
          <Provenance fact={id} source={data.source} provenance={data.provenance} />
        </section>
      </div>
    </>
  )
}

/** Every column that says something; those of the template also where they are blank. */
function Said({ kind, record }: { kind: ListKind; record: Listed & Shared }) {
  const { said, t, language } = useWords()
  const { stamp } = useNumbers()
  const clocks = kind === 'work-orders'
  const items = listColumns[kind].flatMap((column): [string, string | number | null][] => {
    if (['externalId', 'source', 'excludedReason', 'filledFields'].includes(column.key)) return []
    if (clocks && column.kind === 'instant') return []
    const value = valueIn(column, record, language, stamp)
    if (value === null && !column.template) return []
    return [[said(column), value]]
  })
  const { filledFields, requiredFields } = record
  if (typeof filledFields === 'number' && typeof requiredFields === 'number')
    items.push([t('order.completeness'), t('order.filled', { n: filledFields, of: requiredFields })])
  return <Facts items={items} />
}
