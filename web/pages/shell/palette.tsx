import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import type { Me } from '../../../contract/access.ts'
import { useWords } from '../../words.ts'
import { type Entry, fitting, usePaletteEntries } from './palette-entries.ts'
import { useFoundRecords } from './palette-records.ts'
import './palette.css'

interface Props {
  me: Me
  onClose: () => void
  onShortcuts: () => void
}

/**
 * Everything by name: pages, indicators, units, products, people, a work order by its number, and what can be switched.
 * Not loaded when called: what is typed right after Ctrl K would go to the page.
 */
export function Palette({ me, onClose, onShortcuts }: Props) {
  const { t, label } = useWords()
  const navigate = useNavigate()
  const frame = useRef<HTMLDialogElement>(null)
  const list = useId()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const entries = usePaletteEntries(me, onShortcuts)
  const records = useFoundRecords(me, typed)
  const shown = [...records.entries, ...fitting(entries, typed)]
  useEffect(() => {
    if (!frame.current?.open) frame.current?.showModal()
  }, [])
  const choose = (entry: Entry | undefined) => {
    if (!entry) return
    onClose()
    if (entry.act) entry.act()
    else void navigate({ href: entry.href })
  }
  const pressed = (event: KeyboardEvent) => {
    // An input method takes these keys for its own list.
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) {
      event.preventDefault()
      setAt((now) => (shown.length === 0 ? 0 : (now + step + shown.length) % shown.length))
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      choose(shown[at])
    }
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Esc is the keyboard's way, and the browser does it
    <dialog
      ref={frame}
      className="dialog palette"
      aria-label={t('key.palette')}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onClick={(event) => event.target === frame.current && onClose()}
    >
      <input
        className="palette-field"
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={shown[at] ? `${list}-${at}` : undefined}
        aria-label={t('key.palette')}
        placeholder={t('palette.hint')}
        autoComplete="off"
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setAt(0)
        }}
        onKeyDown={pressed}
      />
      <div className="palette-list" role="listbox" id={list} aria-label={t('key.palette')} tabIndex={-1}>
        {shown.map((entry, i) => (
          <PaletteRow
            key={entry.key}
            id={`${list}-${i}`}
            entry={entry}
            kind={entry.kind === shown[i - 1]?.kind ? '' : label('palette', entry.kind)}
            here={i === at}
            onPoint={() => setAt(i)}
            onChoose={() => choose(entry)}
          />
        ))}
      </div>
      <p className="palette-foot soft small" role="status">
        {records.busy ? t('state.loading') : shown.length === 0 ? t('palette.none') : t('palette.keys')}
      </p>
    </dialog>
  )
}

interface RowProps {
  id: string
  entry: Entry
  /** the name of the group, on its first row */
  kind: string
  here: boolean
  onPoint: () => void
  onChoose: () => void
}

function PaletteRow({ id, entry, kind, here, onPoint, onChoose }: RowProps) {
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (here) row.current?.scrollIntoView({ block: 'nearest' })
  }, [here])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field keeps the focus and takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: as above, by aria-activedescendant
    <div
      ref={row}
      id={id}
      role="option"
      aria-selected={here}
      className="palette-row"
      onPointerMove={onPoint}
      onClick={onChoose}
    >
      <span className="palette-kind small">{kind}</span>
      <span className="palette-name">{entry.name}</span>
      {entry.beside && <span className="soft small">{entry.beside}</span>}
    </div>
  )
}
