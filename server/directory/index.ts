export { bringPerson, type PersonState, restorePerson } from './bring-people.ts'
export { bringProduct, type ProductState, restoreProduct } from './bring-products.ts'
export { customerKey, describeCustomer, resolveCustomers } from './customers.ts'
export { findNamed } from './find-named.ts'
export { maskContact, maskName, maskText } from './masking.ts'
export { createOrganization, organizationOf } from './organizations.ts'
export {
  createPerson,
  listPeople,
  type Posted,
  postingsOf,
  removeUnused,
  resolvePeople,
  unitOn,
} from './people.ts'
export { createProduct, listProducts, resolveProducts } from './products.ts'
export { directoryRoutes } from './routes.ts'
export { containsShown } from './search-masked.ts'
export { ensureSource, handSource, nextNumber } from './sources.ts'
export { createUnit, listUnits, resolveUnits } from './units.ts'
