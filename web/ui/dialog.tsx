import { CloseOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useWords } from '../words.ts'
import './dialog.css'

interface Props {
  title: ReactNode
  /** `side` slides in from the right and keeps the page in view; `middle` asks for something first. */
  place: 'side' | 'middle'
  onClose: () => void
  children: ReactNode
}

/**
 * The browser's own dialog: it holds the focus, closes on Esc and gives the focus back. (antd's locks the page with a
 * style element that carries no nonce, which the page's policy refuses.)
 */
export function Dialog({ title, place, onClose, children }: Props) {
  const { t } = useWords()
  const frame = useRef<HTMLDialogElement>(null)
  const name = useId()
  useEffect(() => {
    const dialog = frame.current
    if (!dialog?.open) dialog?.showModal()
    return () => dialog?.close()
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc is the keyboard's way, and the browser does it
    <dialog
      ref={frame}
      className={`dialog dialog-${place}`}
      aria-labelledby={name}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => {
        if (place === 'side' && event.target === frame.current) onClose()
      }}
    >
      <div className="dialog-body">
        <header className="dialog-head">
          <h2 id={name}>{title}</h2>
          <Button type="text" icon={<CloseOutlined />} aria-label={t('action.close')} onClick={onClose} />
        </header>
        {children}
      </div>
    </dialog>
  )
}
