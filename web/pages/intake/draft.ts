import { useState } from 'react'
import type { z } from 'zod'
import type { previewFile } from '../../../contract/intake.ts'

type Reading = z.input<typeof previewFile.body>
export type Mapping = NonNullable<Reading['mapping']>
export type Correction = NonNullable<Reading['corrections']>[number]

/** What was decided about an uploaded file so far; the address has the rest. */
export interface Draft {
  layout?: NonNullable<Reading['layout']>
  mapping?: Mapping
  duplicates?: NonNullable<Reading['duplicates']>
  corrections?: Correction[]
}

const keyOf = (file: string) => `zhihuan.import.${file}`

function read(file: string): Draft {
  try {
    return JSON.parse(sessionStorage.getItem(keyOf(file)) ?? '{}') as Draft
  } catch {
    return {}
  }
}

/** Survives a reload of the tab and ends with it: mended cells may be names. */
export function useDraft(file: string): [Draft, (change: (draft: Draft) => Draft) => void] {
  const [draft, setDraft] = useState(() => read(file))
  const change = (next: (draft: Draft) => Draft) =>
    setDraft((before) => {
      const after = next(before)
      sessionStorage.setItem(keyOf(file), JSON.stringify(after))
      return after
    })
  return [draft, change]
}

/** One cell under another value; the last one counts. */
export function corrected(draft: Draft, cell: Correction): Draft {
  const others = (draft.corrections ?? []).filter(
    ({ line, column }) => line !== cell.line || column !== cell.column,
  )
  return { ...draft, corrections: [...others, cell] }
}
