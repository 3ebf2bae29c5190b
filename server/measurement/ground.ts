import { isDeepStrictEqual } from 'node:util'
import type { OrganizationAsked, PlacedUnit } from '../directory/index.ts'
import { recent } from '../platform/recent.ts'

/** What a question must know before it can ask for cells. */
export interface Ground extends OrganizationAsked {
  /** Where the question is about units. */
  units: PlacedUnit[] | undefined
}

/** Of organizations; of each its units, about 200 bytes a unit. */
const last = recent<Ground>(100)

/**
 * The ground of an organization's last question of this kind. The next one begins upon it while it asks whether it still
 * stands, and begins anew where it does not: it waits for the database once less, and never answers from what is kept.
 */
export const lastGround = (organizationId: string, withUnits: boolean): Ground | undefined =>
  last.get(keyOf(organizationId, withUnits))

export const keepGround = (organizationId: string, ground: Ground): void =>
  last.keep(keyOf(organizationId, ground.units !== undefined), ground)

const keyOf = (organizationId: string, withUnits: boolean): string => `${organizationId} ${withUnits}`

export const isSameGround = (one: Ground, other: Ground): boolean =>
  one.zone.name === other.zone.name &&
  one.rootUnitId === other.rootUnitId &&
  one.unitsMoved === other.unitsMoved &&
  isDeepStrictEqual(one.units, other.units)
