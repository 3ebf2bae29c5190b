import { getRouteApi } from '@tanstack/react-router'
import { useWords } from '../../words.ts'
import { RecordPage } from '../records/record-page.tsx'

const route = getRouteApi('/inside/records/contacts/$id')

export function OneContact() {
  const { t } = useWords()
  const { id } = route.useParams()
  return <RecordPage key={id} kind="contacts" id={id} title={t('records.contacts')} />
}
