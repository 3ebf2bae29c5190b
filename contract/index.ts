import * as access from './access.ts'
import * as cases from './cases.ts'
import * as demo from './demo.ts'
import * as directory from './directory.ts'
import * as inspections from './inspections.ts'
import * as intake from './intake.ts'
import * as measurement from './measurement.ts'
import * as ownMeasures from './measurement-own.ts'
import * as purchases from './purchases.ts'
import * as records from './records.ts'
import type { Route } from './route.ts'
import * as staff from './staff.ts'
import * as standards from './standards.ts'
import * as surveys from './surveys.ts'
import * as surveysInvitations from './surveys-invitations.ts'

export {
  access,
  cases,
  demo,
  directory,
  inspections,
  intake,
  measurement,
  purchases,
  records,
  staff,
  standards,
  surveys,
}

const isRoute = (value: unknown): value is Route =>
  typeof value === 'object' && value !== null && 'method' in value && 'reply' in value

/** Every route of the contract, in the order of the modules. */
export const routes: Route[] = [
  directory,
  access,
  standards,
  cases,
  surveys,
  surveysInvitations,
  inspections,
  staff,
  purchases,
  intake,
  records,
  measurement,
  ownMeasures,
  demo,
]
  .flatMap((module) => Object.values(module))
  // The routes of a kind of record stand together under its name.
  .flatMap((value) =>
    isRoute(value) || typeof value !== 'object' || value === null ? [value] : Object.values(value),
  )
  .filter(isRoute)
