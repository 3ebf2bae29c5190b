import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { resetUserPassword } from '../../../contract/access.ts'
import { call } from '../../call.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Detail } from '../../ui/states.tsx'
import { say } from '../../ui/toast.tsx'
import { useWords } from '../../words.ts'
import { NewPasswordField } from '../access/password-field.tsx'

/** A new password ends all sessions of the account, and enables it again if it was disabled. */
export function ResetPassword({ id, name, disabled }: { id: string; name: string; disabled: boolean }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const [password, setPassword] = useState('')
  const setting = useMutation({
    mutationFn: () => call(resetUserPassword, { params: { id }, body: { password } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['users'] })
      setOpen(false)
      setPassword('')
      say(t('people.passwordSet', { name }))
    },
  })
  const word = t(disabled ? 'people.enable' : 'people.resetPassword')
  return (
    <>
      <Button size="small" type="text" onClick={() => setOpen(true)}>
        {word}
      </Button>
      {open && (
        <Dialog title={`${word} · ${name}`} place="middle" onClose={() => setOpen(false)}>
          <form
            onSubmit={(event) => {
              event.preventDefault()
              setting.mutate()
            }}
          >
            <NewPasswordField label={t('people.newPassword')} value={password} onChange={setPassword} />
            <p className="soft small">{t('people.resetWhat')}</p>
            {setting.error && (
              <div role="alert" className="refusal">
                <Detail error={setting.error} />
              </div>
            )}
            <div className="row dialog-foot">
              <Button onClick={() => setOpen(false)}>{t('action.cancel')}</Button>
              <Button type="primary" htmlType="submit" loading={setting.isPending}>
                {word}
              </Button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  )
}
