import { getRouteApi } from '@tanstack/react-router'
import { useCallback } from 'react'
import { attendance } from '../../../contract/staff.ts'
import { call } from '../../call.ts'
import { Empty } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { RecordList } from '../records/record-list.tsx'
import { useListChange } from '../records/use-list-change.ts'

const route = getRouteApi('/inside/records/attendance')

/** Working days as a list. */
export function AttendancePage() {
  const { t } = useWords()
  const search = route.useSearch()
  const change = useListChange(route.useNavigate())
  const read = useCallback<Parameters<typeof RecordList>[0]['read']>(
    ({ filter, sort, unit }, place, signal) =>
      call(attendance.list, { query: { filter, sort, unit, ...place }, signal }),
    [],
  )
  return (
    <RecordList
      kind="attendance"
      title={t('records.attendance')}
      search={search}
      change={change}
      read={read}
      empty={<Empty title={t('records.noAttendance')}>{t('records.noFeedbackWhy')}</Empty>}
    />
  )
}
