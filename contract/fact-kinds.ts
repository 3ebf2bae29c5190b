import type { ListKind } from './list-columns.ts'

/** The kinds of facts that figures are made of, each with the list its records stand in. */
export const listOf = {
  work_order: 'work-orders',
  response: 'responses',
  feedback: 'feedback',
  invitation: 'invitations',
  contact: 'contacts',
  inspection: 'inspections',
  training: 'trainings',
  purchase: 'purchases',
  attendance: 'attendance',
  message: 'messages',
  cost: 'costs',
} as const satisfies Record<string, ListKind>

export type FactKind = keyof typeof listOf
export const factKinds = Object.keys(listOf) as [FactKind, ...FactKind[]]
