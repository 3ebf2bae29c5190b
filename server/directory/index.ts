export { bringPerson, type PersonState, restorePerson } from './bring-people.ts'
export { bringProduct, type ProductState, restoreProduct } from './bring-products.ts'
export { customerKey, describeCustomer, resolveCustomers } from './customers.ts'
export { findNamed } from './find-named.ts'
export { inStages, openStages, stageOfRecord, stageSql, zoneSql } from './life-stages.ts'
export { maskContact, maskName, maskText } from './masking.ts'
export { createOrganization, type OrganizationAsked, organizationOf } from './organizations.ts'
export {
  createPerson,
  joiningDays,
  joiningState,
  type Posted,
  postingsOf,
  removeUnused,
  resolvePeople,
  unitOn,
} from './people.ts'
export { createProduct, resolveProducts } from './products.ts'
export { directoryRoutes } from './routes.ts'
export { containsShown } from './search-masked.ts'
export { ensureSource, handSource, nextNumber } from './sources.ts'
export { everDay, movingDays, type PlacedUnit, parentOn, pathOn, readPlacedUnits } from './unit-places.ts'
export { createUnit, resolveUnits, seeingAllUnits } from './units.ts'
