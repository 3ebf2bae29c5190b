import { getRouteApi } from '@tanstack/react-router'
import { useWords } from '../../words.ts'
import { RecordPage } from '../records/record-page.tsx'

const route = getRouteApi('/inside/records/purchases/$id')

export function OnePurchase() {
  const { t } = useWords()
  const { id } = route.useParams()
  return <RecordPage key={id} kind="purchases" id={id} title={t('records.purchases')} />
}
