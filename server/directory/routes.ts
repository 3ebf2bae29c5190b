import * as contract from '../../contract/directory.ts'
import type { Policy } from '../platform/actor.ts'
import type { Database, Tx } from '../platform/database.ts'
import { type AnyServed, serve } from '../platform/http/serve.ts'
import { dayToDate } from '../platform/time.ts'
import {
  changeCategory,
  changeTheOrganization,
  createCategory,
  describeOrganization,
  removeCategory,
} from './change-organization.ts'
import { changePerson, endPerson, movePerson } from './change-people.ts'
import { changeUnit, endUnit, unitPlaces } from './change-units.ts'
import { organizationOf } from './organizations.ts'
import { createPerson, listPeople } from './people.ts'
import { bringTable } from './people-table.ts'
import { changeProduct, createProduct, listProducts } from './products.ts'
import { bringProductTable } from './products-table.ts'
import { createUnit, listUnits } from './units.ts'

interface Policies {
  reading: Policy
  managing: Policy
  managingWhole: Policy
}

/** What figures say to the directory. Those whose days have moved: disowned with the change, computed anew after it, at the next start at the latest. */
interface Figures {
  disown(tx: Tx): Promise<void>
  recompute(db: Database, organizationId: string, now: Date): Promise<void>
  /** The day before which some units have no record. */
  firstRecordOn(tx: Tx, unitIds: string[]): Promise<string | undefined>
}

/** The policies are handed in: roles belong to a module after this one; so does what recomputes figures. */
export const directoryRoutes = (policies: Policies, figures: Figures): AnyServed[] => [
  serve(contract.listUnits, policies.reading, async (tx) => ({ items: await listUnits(tx) })),
  serve(contract.createUnit, policies.managing, async (tx, { body }, { now, audit }) => {
    const unit = await createUnit(tx, body, now)
    audit({ objectKind: 'unit', objectId: unit.id, detail: { name: unit.name, kind: unit.kind } })
    return unit
  }),
  serve(contract.changeUnit, policies.managing, async (tx, { params, body }, { actor, now, audit }) => {
    const mover = { id: actor.userId, name: actor.name, now, firstRecordOn: figures.firstRecordOn }
    const { unit, movedFrom } = await changeUnit(tx, params.id, body, mover)
    const { fromOn: _, parentId: __, ...rest } = body
    const moved = movedFrom === undefined ? {} : { parentId: unit.parentId, fromOn: movedFrom }
    audit({ objectKind: 'unit', objectId: unit.id, detail: { ...rest, ...moved } })
    return unit
  }),
  serve(contract.listUnitPlaces, policies.managing, (tx, { params }, { now }) =>
    unitPlaces(tx, params.id, { now, firstRecordOn: figures.firstRecordOn }),
  ),
  serve(contract.endUnit, policies.managing, async (tx, { params }, { now, audit }) => {
    await endUnit(tx, params.id, await todayOf(tx, now))
    audit({ objectKind: 'unit', objectId: params.id })
    return {}
  }),
  ...peopleRoutes(policies),
  ...organizationRoutes(policies, figures),
  serve(contract.listProducts, policies.reading, async (tx) => ({ items: await listProducts(tx) })),
  serve(contract.createProduct, policies.managing, async (tx, { body }, { now, audit }) => {
    const product = await createProduct(tx, body, now)
    audit({ objectKind: 'product', objectId: product.id, detail: { code: product.code } })
    return product
  }),
  serve(contract.bringProducts, policies.managingWhole, async (tx, { body }, { now, audit }) => {
    const brought = await bringProductTable(tx, body, now)
    audit({ objectKind: 'products', detail: { rows: body.rows.length, applied: body.apply } })
    return brought
  }),
  serve(contract.changeProduct, policies.managingWhole, async (tx, { params, body }, { audit }) => {
    const product = await changeProduct(tx, params.id, body)
    audit({ objectKind: 'product', objectId: product.id, detail: body })
    return product
  }),
]

const todayOf = async (tx: Tx, now: Date): Promise<string> =>
  dayToDate((await organizationOf(tx)).zone.localDay(now.getTime()))

const peopleRoutes = (policies: Policies): AnyServed[] => {
  const one = async (tx: Tx, id: string, now: Date) =>
    (await listPeople(tx, { id, today: await todayOf(tx, now) }))[0]!
  return [
    serve(contract.listPeople, policies.reading, async (tx, { query }, { now }) => ({
      items: await listPeople(tx, { today: await todayOf(tx, now), left: query.left === 'yes' }),
    })),
    serve(contract.createPerson, policies.managing, async (tx, { body }, { now, audit }) => {
      const id = await createPerson(tx, { ...body, fromOn: body.fromOn ?? (await todayOf(tx, now)) }, now)
      audit({ objectKind: 'person', objectId: id, detail: { unitId: body.unitId } })
      return one(tx, id, now)
    }),
    serve(contract.changePerson, policies.managing, async (tx, { params, body }, { now, audit }) => {
      const { rejoined } = await changePerson(tx, params.id, body)
      const detail = { changed: Object.keys(body), rejoined: rejoined ? [params.id] : [] }
      audit({ objectKind: 'person', objectId: params.id, detail })
      return one(tx, params.id, now)
    }),
    serve(contract.movePerson, policies.managing, async (tx, { params, body }, { now, audit }) => {
      await movePerson(tx, params.id, body)
      audit({ objectKind: 'person', objectId: params.id, detail: body })
      return one(tx, params.id, now)
    }),
    serve(contract.endPerson, policies.managing, async (tx, { params, body }, { now, audit }) => {
      await endPerson(tx, params.id, body.on)
      audit({ objectKind: 'person', objectId: params.id, detail: body })
      return one(tx, params.id, now)
    }),
    serve(contract.bringPeople, policies.managing, async (tx, { body }, { now, audit }) => {
      const { rejoined, ...brought } = await bringTable(tx, body, { now, today: await todayOf(tx, now) })
      audit({ objectKind: 'people', detail: { rows: body.rows.length, applied: body.apply, rejoined } })
      return brought
    }),
  ]
}

const organizationRoutes = (policies: Policies, figures: Figures): AnyServed[] => [
  serve(contract.readOrganization, policies.managing, (tx) => describeOrganization(tx)),
  serve(
    contract.changeOrganization,
    policies.managingWhole,
    async (_tx, { body }, { db, scope, now, audit }) => {
      const { daysMoved } = await db.transaction(scope, async (tx) => {
        const changed = await changeTheOrganization(tx, body)
        if (changed.daysMoved) await figures.disown(tx)
        return changed
      })
      audit({ objectKind: 'organization', objectId: scope.organizationId, detail: body })
      // Another zone puts records on other days: every figure is computed anew.
      if (daysMoved) await figures.recompute(db, scope.organizationId, now)
      return db.transaction(scope, describeOrganization, { readOnly: true })
    },
    'own',
  ),
  serve(contract.createCategory, policies.managingWhole, async (tx, { body }, { audit }) => {
    await createCategory(tx, body.name)
    audit({ objectKind: 'product category', detail: body })
    return describeOrganization(tx)
  }),
  serve(contract.changeCategory, policies.managingWhole, async (tx, { params, body }, { audit }) => {
    await changeCategory(tx, params.code, body.name)
    audit({ objectKind: 'product category', detail: { ...params, ...body } })
    return describeOrganization(tx)
  }),
  serve(contract.removeCategory, policies.managingWhole, async (tx, { params }, { audit }) => {
    await removeCategory(tx, params.code)
    audit({ objectKind: 'product category', detail: params })
    return describeOrganization(tx)
  }),
]
