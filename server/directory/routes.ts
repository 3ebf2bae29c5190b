import * as contract from '../../contract/directory.ts'
import type { Policy } from '../platform/actor.ts'
import { serve } from '../platform/http/serve.ts'
import { dayToDate } from '../platform/time.ts'
import { organizationOf } from './organizations.ts'
import { createPerson, listPeople } from './people.ts'
import { createProduct, listProducts } from './products.ts'
import { createUnit, listUnits } from './units.ts'

/** The policies are handed in: roles belong to a module after this one. */
export const directoryRoutes = (policies: { reading: Policy; managing: Policy }) => [
  serve(contract.listUnits, policies.reading, async (tx) => ({ items: await listUnits(tx) })),
  serve(contract.createUnit, policies.managing, async (tx, { body }, { now, audit }) => {
    const unit = await createUnit(tx, body, now)
    audit({ objectKind: 'unit', objectId: unit.id, detail: { name: unit.name, kind: unit.kind } })
    return unit
  }),
  serve(contract.listPeople, policies.reading, async (tx) => ({ items: await listPeople(tx) })),
  serve(contract.createPerson, policies.managing, async (tx, { body }, { now, audit }) => {
    const fromOn = body.fromOn ?? dayToDate((await organizationOf(tx)).zone.localDay(now.getTime()))
    const id = await createPerson(tx, { ...body, fromOn }, now)
    audit({ objectKind: 'person', objectId: id, detail: { unitId: body.unitId } })
    return (await listPeople(tx, id))[0]!
  }),
  serve(contract.listProducts, policies.reading, async (tx) => ({ items: await listProducts(tx) })),
  serve(contract.createProduct, policies.managing, async (tx, { body }, { now, audit }) => {
    const product = await createProduct(tx, body, now)
    audit({ objectKind: 'product', objectId: product.id, detail: { code: product.code } })
    return product
  }),
]
