import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { readWorkOrder, type WorkOrder } from '../../../contract/cases.ts'
import { call } from '../../call.ts'
import { Facts } from '../../ui/facts.tsx'
import { Mark } from '../../ui/mark.tsx'
import { Failure, Loading } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { Provenance } from '../intake/provenance.tsx'
import { Clocks } from './clocks.tsx'
import './work-order.css'

const route = getRouteApi('/inside/records/work-orders/$id')

/** One service from first word to last: what it was, when things happened, and where we know it from. */
export function WorkOrderPage() {
  const { t } = useWords()
  const { id } = route.useParams()
  const order = useQuery({
    queryKey: ['work-order', id],
    queryFn: ({ signal }) => call(readWorkOrder, { params: { id }, signal }),
  })
  if (order.error) return <Failure error={order.error} onRetry={() => void order.refetch()} />
  if (!order.data) return <Loading shape="record" />
  return (
    <>
      <div className="page-head">
        <Link to="/records/work-orders">{t('records.workOrders')}</Link>
        <span className="soft">/</span>
        <h1 className="number">{order.data.externalId}</h1>
        <State order={order.data} />
      </div>
      <div className="order">
        <section className="panel stack">
          <h2>{t('order.what')}</h2>
          <Fields order={order.data} />
        </section>
        <section className="panel stack">
          <h2>{t('order.when')}</h2>
          <Clocks order={order.data} />
        </section>
        <section className="panel stack order-wide">
          <h2>{t('order.provenance')}</h2>
          <Provenance fact={id} source={order.data.source} provenance={order.data.provenance} />
        </section>
      </div>
    </>
  )
}

function State({ order }: { order: WorkOrder }) {
  const { t } = useWords()
  return (
    <>
      {order.status && <span className="tag">{order.status}</span>}
      {order.excludedReason !== null && (
        <Mark kind="none" word={t('order.excluded', { reason: order.excludedReason })} />
      )}
    </>
  )
}

function Fields({ order }: { order: WorkOrder }) {
  const { t, label } = useWords()
  const text = (prefix: string, code: string | null) => (code === null ? null : label(prefix, code))
  return (
    <Facts
      items={[
        [t('field.problem'), order.problem],
        [t('field.product'), order.product?.name ?? null],
        [t('field.serial'), order.serial],
        [t('field.order_no'), order.orderNo],
        [t('field.customer'), order.customer && `${order.customer.masked} (${order.customer.code})`],
        [t('field.demand'), order.demand],
        [t('field.category'), text('category', order.category)],
        [t('field.subcategory'), order.subcategory],
        [t('field.priority'), text('priority', order.priority)],
        [t('field.complexity'), text('complexity', order.complexity)],
        [t('field.fault_level'), order.faultLevel],
        [t('field.channel'), text('channel', order.channel)],
        [t('record.unit'), order.unit.name],
        [t('record.agent'), order.agent?.name ?? null],
        [t('field.supplier'), order.supplier?.name ?? null],
        [t('field.plan'), order.plan],
        [t('field.result'), order.result],
        [t('field.confirmation'), order.confirmation],
        [t('field.reopen_count'), order.reopenCount],
        [t('field.contact_count'), order.contactCount],
        [t('order.completeness'), t('order.filled', { n: order.filledFields, of: order.requiredFields })],
      ]}
    />
  )
}
