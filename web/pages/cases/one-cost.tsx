import { getRouteApi } from '@tanstack/react-router'
import { useWords } from '../../words.ts'
import { RecordPage } from '../records/record-page.tsx'

const route = getRouteApi('/inside/records/costs/$id')

export function OneCost() {
  const { t } = useWords()
  const { id } = route.useParams()
  return <RecordPage key={id} kind="costs" id={id} title={t('records.costs')} />
}
