import { getRouteApi } from '@tanstack/react-router'
import { useWords } from '../../words.ts'
import { RecordPage } from '../records/record-page.tsx'

const route = getRouteApi('/inside/records/trainings/$id')

export function OneTraining() {
  const { t } = useWords()
  const { id } = route.useParams()
  return <RecordPage key={id} kind="trainings" id={id} title={t('records.trainings')} />
}
