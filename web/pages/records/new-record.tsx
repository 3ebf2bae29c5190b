import { PlusOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import type { ListKind } from '../../../contract/list-columns.ts'
import { useMe } from '../../session.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { useHint } from '../../ui/keys.ts'
import { localOf } from '../../ui/local-time.ts'
import { say } from '../../ui/toast.tsx'
import { useWords } from '../../words.ts'
import { formFields } from './form-fields.ts'
import type { Typed } from './form-values.ts'
import { RecordForm } from './record-form.tsx'
import { recordRoutes } from './record-routes.ts'

/** What was typed and not yet sent, by list: a form closed by mistake opens as it was. */
const drafts = new Map<ListKind, Typed>()
const titles = {
  'work-orders': 'entry.newWorkOrder',
  feedback: 'entry.newFeedback',
  responses: 'entry.newResponse',
  invitations: 'entry.newInvitation',
  contacts: 'entry.newContact',
  inspections: 'entry.newInspection',
  trainings: 'entry.newTraining',
  purchases: 'entry.newPurchase',
  attendance: 'entry.newAttendance',
  messages: 'entry.newMessage',
  costs: 'entry.newCost',
} as const

/** The button and `N`: the form of the list one is on. After each record the next one can be typed at once. */
export function NewRecord({ kind }: { kind: ListKind }) {
  const { t } = useWords()
  const hint = useHint()
  const me = useMe()
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState<Typed>({})
  const change = (next: Typed) => {
    drafts.set(kind, next)
    setTyped(next)
  }
  const creating = useMutation({
    mutationFn: recordRoutes[kind].create,
    onSuccess: (record) => {
      drafts.delete(kind)
      setOpen(false)
      say(t('entry.made', { number: record.externalId }))
      return queries.invalidateQueries({ queryKey: [kind] })
    },
  })
  const begin = () => {
    creating.reset()
    const moment = formFields[kind].find(
      ({ input, required }) => (input === 'instant' || input === 'day') && required,
    )
    const now = localOf(new Date().toISOString(), me.organization.zone)
    setTyped(drafts.get(kind) ?? { [moment?.name ?? '']: moment?.input === 'day' ? now.slice(0, 10) : now })
    setOpen(true)
  }
  if (!me.can.write) return null
  return (
    <>
      <Button
        type="primary"
        icon={<PlusOutlined />}
        data-new
        title={hint(t(titles[kind]), 'n')}
        onClick={begin}
      >
        {t('entry.new')}
      </Button>
      {open && (
        <Dialog title={t(titles[kind])} place="middle" onClose={() => setOpen(false)}>
          <RecordForm
            kind={kind}
            typed={typed}
            onTyped={change}
            error={creating.error}
            busy={creating.isPending}
            send={t('entry.send')}
            onSend={(body) => creating.mutate(body)}
            onCancel={() => setOpen(false)}
          />
        </Dialog>
      )}
    </>
  )
}
