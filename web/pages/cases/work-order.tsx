import { getRouteApi } from '@tanstack/react-router'
import type { WorkOrder } from '../../../contract/cases.ts'
import { useWords } from '../../words.ts'
import { RecordPage } from '../records/record-page.tsx'
import { Clocks } from './clocks.tsx'
import { Episodes } from './episodes.tsx'
import { Pauses } from './pauses.tsx'
import { WhyDue } from './why-due.tsx'
import './work-order.css'

const route = getRouteApi('/inside/records/work-orders/$id')

/** One service from first word to last: what it was, when things happened, and where we know it from. */
export function WorkOrderPage() {
  const { t } = useWords()
  const { id } = route.useParams()
  return (
    <RecordPage
      // Another record is another page: nothing of an open form goes over to it.
      key={id}
      kind="work-orders"
      id={id}
      title={t('records.workOrders')}
      status={({ status }) => (typeof status === 'string' ? status : null)}
      beside={(order) => (
        <section className="panel stack">
          <h2>{t('order.when')}</h2>
          {/* The page of work orders reads by the route of work orders. */}
          <Clocks order={order as unknown as WorkOrder} />
          <Pauses order={order as unknown as WorkOrder} />
          <Episodes order={order as unknown as WorkOrder} />
          <WhyDue id={id} version={order.version} />
        </section>
      )}
    />
  )
}
