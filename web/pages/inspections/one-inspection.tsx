import { getRouteApi } from '@tanstack/react-router'
import { useWords } from '../../words.ts'
import { RecordPage } from '../records/record-page.tsx'

const route = getRouteApi('/inside/records/inspections/$id')

export function OneInspection() {
  const { t } = useWords()
  const { id } = route.useParams()
  return <RecordPage key={id} kind="inspections" id={id} title={t('records.inspections')} />
}
