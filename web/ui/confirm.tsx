import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useWords } from '../words.ts'
import { Dialog } from './dialog.tsx'

interface Props {
  title: string
  what: string
  /** The word on the button that does it. */
  yes: string
  /** The button that asks. */
  button: (ask: () => void) => ReactNode
  onYes: () => void
}

/** Asks before something that is not undone by pressing again. */
export function Confirm({ title, what, yes, button, onYes }: Props) {
  const { t } = useWords()
  const [asking, setAsking] = useState(false)
  const confirmed = () => {
    setAsking(false)
    onYes()
  }
  return (
    <>
      {button(() => setAsking(true))}
      {asking && (
        <Dialog title={title} place="middle" onClose={() => setAsking(false)}>
          <p>{what}</p>
          <div className="row dialog-foot">
            <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
            <Button type="primary" onClick={confirmed}>
              {yes}
            </Button>
          </div>
        </Dialog>
      )}
    </>
  )
}
