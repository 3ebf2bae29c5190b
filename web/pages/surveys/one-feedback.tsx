import { getRouteApi } from '@tanstack/react-router'
import { useWords } from '../../words.ts'
import { RecordPage } from '../records/record-page.tsx'

const route = getRouteApi('/inside/records/feedback/$id')

export function OneFeedback() {
  const { t } = useWords()
  const { id } = route.useParams()
  return <RecordPage key={id} kind="feedback" id={id} title={t('records.feedback')} />
}
