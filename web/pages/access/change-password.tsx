import { useMutation } from '@tanstack/react-query'
import { Button } from 'antd'
import { type FormEvent, useState } from 'react'
import { changePassword } from '../../../contract/access.ts'
import { call } from '../../call.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Detail } from '../../ui/states.tsx'
import { say } from '../../ui/toast.tsx'
import { useWords } from '../../words.ts'
import { NewPasswordField } from './password-field.tsx'

/** The present password, and a new one; the sign-ins of other browsers end. */
export default function ChangePassword({ onClose }: { onClose: () => void }) {
  const { t } = useWords()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const saving = useMutation({
    mutationFn: () => call(changePassword, { body: { current, password } }),
    onSuccess: () => {
      say(t('password.changed'))
      onClose()
    },
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    saving.mutate()
  }
  return (
    <Dialog title={t('password.change')} place="middle" onClose={onClose}>
      <form onSubmit={send}>
        <label className="settings-field">
          {t('password.current')}
          <input
            type="password"
            required
            autoComplete="current-password"
            value={current}
            onChange={(event) => setCurrent(event.target.value)}
          />
        </label>
        <NewPasswordField label={t('password.new')} value={password} onChange={setPassword} />
        <p className="soft small">{t('password.what')}</p>
        {saving.error && (
          <div role="alert" className="refusal">
            <Detail error={saving.error} />
          </div>
        )}
        <div className="row dialog-foot">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="primary" htmlType="submit" loading={saving.isPending}>
            {t('action.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
