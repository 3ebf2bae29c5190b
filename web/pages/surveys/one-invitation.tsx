import { getRouteApi } from '@tanstack/react-router'
import { useWords } from '../../words.ts'
import { RecordPage } from '../records/record-page.tsx'

const route = getRouteApi('/inside/records/invitations/$id')

export function OneInvitation() {
  const { t } = useWords()
  const { id } = route.useParams()
  return <RecordPage key={id} kind="invitations" id={id} title={t('records.invitations')} />
}
