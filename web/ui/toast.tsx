import { Button } from 'antd'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { useWords } from '../words.ts'
import { useHint, useKeys } from './keys.ts'
import './toast.css'

interface Said {
  number: number
  sentence: string
  undo: (() => void) | undefined
}

let said: Said | undefined
let sentences = 0
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()
const shownMs = 8000

/** Says one sentence at the foot of the page for eight seconds; as long, `undo` takes back what it tells. */
export function say(sentence: string, undo?: () => void): void {
  tell({ number: ++sentences, sentence, undo })
  run()
}

function run(): void {
  clearTimeout(timer)
  timer = setTimeout(() => tell(undefined), shownMs)
}

function tell(next: Said | undefined): void {
  said = next
  for (const listener of listeners) listener()
}

const listen = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The place where sentences appear; once per page. While a pointer or the focus rests on it, its time stands still. */
export function Toast() {
  const now = useSyncExternalStore(listen, () => said)
  // What is outside an open dialog can neither be seen nor pressed.
  const dialog = now && [...document.querySelectorAll('dialog[open]')].at(-1)
  useAgainOnClose(dialog)
  const place = (
    <output
      className="toast-place"
      aria-live="polite"
      onPointerEnter={() => clearTimeout(timer)}
      onPointerLeave={run}
      onFocus={() => clearTimeout(timer)}
      onBlur={run}
    >
      {now && (
        <span className="toast" key={now.number}>
          {now.sentence}
          {now.undo && <Undo undo={now.undo} />}
        </span>
      )}
    </output>
  )
  return dialog ? createPortal(place, dialog) : place
}

/** A dialog that closes while its sentence is shown gives the sentence back to the page. */
function useAgainOnClose(dialog: Element | undefined): void {
  const [, again] = useState(0)
  useEffect(() => {
    const closed = () => again((n) => n + 1)
    dialog?.addEventListener('close', closed)
    return () => dialog?.removeEventListener('close', closed)
  }, [dialog])
}

function Undo({ undo }: { undo: () => void }) {
  const { t } = useWords()
  const hint = useHint()
  const back = () => {
    tell(undefined)
    undo()
  }
  useKeys({ z: back })
  return (
    <Button
      type="link"
      size="small"
      className="toast-undo"
      title={hint(t('action.undo'), 'z')}
      onClick={back}
    >
      {t('action.undo')}
    </Button>
  )
}
