import { useWords } from '../../words.ts'
import '../settings/settings.css'

interface Props {
  label: string
  value: string
  onChange: (value: string) => void
}

/** A password that is set, with the rule it must keep. */
export function NewPasswordField({ label, value, onChange }: Props) {
  const { t } = useWords()
  return (
    <>
      <label className="settings-field">
        {label}
        <input
          type="password"
          required
          minLength={10}
          maxLength={200}
          autoComplete="new-password"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      </label>
      <p className="soft small">{t('access.passwordRule')}</p>
    </>
  )
}
