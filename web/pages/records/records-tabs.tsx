import { Link } from '@tanstack/react-router'
import { useMe } from '../../session.ts'
import { Tabs } from '../../ui/tabs.tsx'
import { useWords } from '../../words.ts'

/** The lists of records and the way to bring some in. */
export function RecordsTabs() {
  const { t } = useWords()
  const me = useMe()
  const exact = { exact: true, includeSearch: false }
  return (
    <Tabs label={t('menu.records')}>
      <Link to="/records/work-orders" activeOptions={{ includeSearch: false }}>
        {t('records.workOrders')}
      </Link>
      <Link to="/records/feedback" activeOptions={{ includeSearch: false }}>
        {t('records.feedback')}
      </Link>
      <Link to="/records/responses" activeOptions={{ includeSearch: false }}>
        {t('records.responses')}
      </Link>
      <Link to="/records/invitations" activeOptions={{ includeSearch: false }}>
        {t('records.invitations')}
      </Link>
      <Link to="/records/contacts" activeOptions={{ includeSearch: false }}>
        {t('records.contacts')}
      </Link>
      <Link to="/records/inspections" activeOptions={{ includeSearch: false }}>
        {t('records.inspections')}
      </Link>
      <Link to="/records/trainings" activeOptions={{ includeSearch: false }}>
        {t('records.trainings')}
      </Link>
      <Link to="/records/purchases" activeOptions={{ includeSearch: false }}>
        {t('records.purchases')}
      </Link>
      <Link to="/records/attendance" activeOptions={{ includeSearch: false }}>
        {t('records.attendance')}
      </Link>
      <Link to="/records/messages" activeOptions={{ includeSearch: false }}>
        {t('records.messages')}
      </Link>
      <Link to="/records/costs" activeOptions={{ includeSearch: false }}>
        {t('records.costs')}
      </Link>
      {me.can.import && (
        <Link to="/records/import" search={{}} activeOptions={exact}>
          {t('records.import')}
        </Link>
      )}
    </Tabs>
  )
}
