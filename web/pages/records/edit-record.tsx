import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ListKind } from '../../../contract/list-columns.ts'
import { codeOf } from '../../call.ts'
import { useMe } from '../../session.ts'
import { say } from '../../ui/toast.tsx'
import { useWords } from '../../words.ts'
import { formFields } from './form-fields.ts'
import { type Read, typedOf } from './form-values.ts'
import { type Listed, valueIn } from './list-cells.tsx'
import { RecordForm } from './record-form.tsx'
import { recordRoutes, type Shared } from './record-routes.ts'

interface Props {
  kind: ListKind
  record: Listed & Shared
  onDone: () => void
}

/**
 * A record edited where it stands. It is sent with the version that was opened: when somebody else was quicker, that is said,
 * what they left is loaded beside, and what was typed stays.
 */
export function EditRecord({ kind, record, onDone }: Props) {
  const { t, language } = useWords()
  const zone = useMe().organization.zone
  const queries = useQueryClient()
  const fields = formFields[kind]
  const [seen, setSeen] = useState({ version: record.version, typed: typedOf(fields, record, zone) })
  const [typed, setTyped] = useState(seen.typed)
  const editing = useMutation({
    mutationFn: (body: Read['body']) => recordRoutes[kind].edit(record.id, seen.version, body),
    onSuccess: () => {
      say(t('entry.saved'))
      onDone()
      return queries.invalidateQueries({ queryKey: [kind] })
    },
    onError: async (error) => {
      if (codeOf(error) !== 'changed_meanwhile') return
      const now = await recordRoutes[kind].read(record.id, new AbortController().signal)
      const stands = typedOf(fields, now, zone)
      // Fields one has not touched take what stands now; one's own words stay.
      setTyped((mine) => {
        const kept = Object.entries(mine).filter(([name, text]) => text !== (seen.typed[name] ?? ''))
        return { ...stands, ...Object.fromEntries(kept) }
      })
      setSeen({ version: now.version, typed: stands })
    },
  })
  const masked = { key: 'customer', kind: 'customer', zh: '', en: '' } as const
  const customer = valueIn(masked, record, language, String)
  return (
    <RecordForm
      kind={kind}
      typed={typed}
      onTyped={setTyped}
      before={seen.typed}
      {...(customer !== null && { hints: { customer: t('entry.customerNow', { customer }) } })}
      error={editing.error}
      busy={editing.isPending}
      send={t(codeOf(editing.error) === 'changed_meanwhile' ? 'entry.saveAnyway' : 'entry.save')}
      onSend={(body) => (Object.keys(body).length === 0 ? onDone() : editing.mutate(body))}
      onCancel={onDone}
    />
  )
}
