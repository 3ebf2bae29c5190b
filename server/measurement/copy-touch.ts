import type { Cause } from '../../contract/measurement.ts'
import type { Period, Zone } from '../platform/time.ts'

/** One thing done that touched a period. */
export interface Touch {
  /** Tells it apart from all others: what a copy already holds is remembered by it. */
  key: string
  /** Whose it is; null where it concerns everybody. */
  unitId: string | null
  cause: Cause
}

export interface Since {
  period: Period
  zone: Zone
  rootUnitId: string
  /** When the earlier copy was made, in which zone, and what it already held. */
  madeAt: Date
  zoneThen: string
  known: ReadonlySet<string>
}

/** A cause of which only the given is known. */
export const made = (given: Partial<Cause> & Pick<Cause, 'kind'>): Cause => ({
  at: null,
  by: null,
  what: '',
  why: null,
  n: null,
  batch: null,
  lines: [],
  ...given,
})
