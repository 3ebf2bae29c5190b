import { z } from 'zod'
import type { ListKind } from './list-columns.ts'
import { listQuery } from './list-query.ts'
import { id, page, route } from './route.ts'

interface Words {
  zh: string
  en: string
}

const one = z.strictObject({ id })
const exclusion = z.strictObject({ reason: z.string().trim().min(1).max(400) })

/** The routes every kind of record has: list, read, enter, edit, leave out of figures, count again. */
export function recordRoutes<
  Reply extends z.ZodType,
  Create extends z.ZodType,
  Edit extends z.ZodType,
>(kind: {
  list: ListKind
  /** `Contact`: of `readContact`; the list of them is `listContacts` unless told otherwise. */
  name: string
  names?: string
  path: string
  says: { many: Words; one: Words }
  reply: Reply
  create: Create
  edit: Edit
  refusals?: readonly string[]
}) {
  const { name, path, says, reply, refusals = [] } = kind
  return {
    list: route({
      name: `list${kind.names ?? `${name}s`}`,
      method: 'GET',
      path,
      summary: { zh: says.many.zh, en: `${says.many.en}, newest first` },
      query: z.strictObject(listQuery(kind.list)),
      reply: page(reply),
    }),
    read: route({
      name: `read${name}`,
      method: 'GET',
      path: `${path}/:id`,
      summary: says.one,
      params: one,
      reply,
    }),
    create: route({
      name: `create${name}`,
      method: 'POST',
      path,
      summary: { zh: `录入${says.one.zh}`, en: `Enter ${says.one.en} by hand` },
      body: kind.create,
      reply,
      status: 201,
      refusals: ['number_taken', 'not_found', ...refusals],
    }),
    edit: route({
      name: `edit${name}`,
      method: 'PATCH',
      path: `${path}/:id`,
      summary: { zh: `修改${says.one.zh}`, en: `Edit ${says.one.en}` },
      params: one,
      body: kind.edit,
      reply,
      refusals: ['changed_meanwhile', 'not_found', ...refusals],
    }),
    exclude: route({
      name: `exclude${name}`,
      method: 'POST',
      path: `${path}/:id/exclusion`,
      summary: { zh: `${says.one.zh}不计入统计（注明原因）`, en: `Leave ${says.one.en} out of every figure` },
      params: one,
      body: exclusion,
      reply,
    }),
    include: route({
      name: `include${name}`,
      method: 'DELETE',
      path: `${path}/:id/exclusion`,
      summary: { zh: `${says.one.zh}恢复计入统计`, en: `Let ${says.one.en} count again` },
      params: one,
      reply,
    }),
  }
}
