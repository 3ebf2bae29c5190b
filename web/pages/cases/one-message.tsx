import { getRouteApi } from '@tanstack/react-router'
import { useWords } from '../../words.ts'
import { RecordPage } from '../records/record-page.tsx'

const route = getRouteApi('/inside/records/messages/$id')

export function OneMessage() {
  const { t } = useWords()
  const { id } = route.useParams()
  return <RecordPage key={id} kind="messages" id={id} title={t('records.messages')} />
}
