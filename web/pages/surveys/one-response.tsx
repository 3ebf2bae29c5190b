import { getRouteApi } from '@tanstack/react-router'
import { useWords } from '../../words.ts'
import { RecordPage } from '../records/record-page.tsx'

const route = getRouteApi('/inside/records/responses/$id')

export function OneResponse() {
  const { t } = useWords()
  const { id } = route.useParams()
  return <RecordPage key={id} kind="responses" id={id} title={t('records.responses')} />
}
