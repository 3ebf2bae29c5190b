import { getRouteApi } from '@tanstack/react-router'
import { useWords } from '../../words.ts'
import { RecordPage } from '../records/record-page.tsx'

const route = getRouteApi('/inside/records/attendance/$id')

export function OneAttendance() {
  const { t } = useWords()
  const { id } = route.useParams()
  return <RecordPage key={id} kind="attendance" id={id} title={t('records.attendance')} />
}
