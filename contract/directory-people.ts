import { z } from 'zod'
import { pastedTable } from './pasted-table.ts'
import { day, id, route } from './route.ts'

/** From when somebody is posted of whom nobody said it: an agent out of a file of orders. */
export const unknownStart = '1970-01-01'

export const person = z.object({
  id,
  employeeNo: z.string().nullable(),
  name: z.string(),
  unitId: id,
  unitName: z.string(),
  /** The first day they are no longer here. */
  endedOn: day.nullable(),
  postings: z.array(
    z.object({ unitId: id, unitName: z.string(), duty: z.string(), fromOn: day, toOn: day.nullable() }),
  ),
})
export type Person = z.infer<typeof person>

export const listPeople = route({
  name: 'listPeople',
  method: 'GET',
  path: '/api/people',
  summary: { zh: '人员', en: 'People' },
  query: z.strictObject({ left: z.enum(['yes']).optional() }),
  reply: z.object({ items: z.array(person) }),
})

export const createPerson = route({
  name: 'createPerson',
  method: 'POST',
  path: '/api/people',
  summary: { zh: '新增人员', en: 'Add a person' },
  body: z.strictObject({
    name: z.string().trim().min(1).max(60),
    employeeNo: z.string().trim().max(40).optional(),
    unitId: id,
    duty: z.string().max(40).default('specialist'),
    fromOn: day.optional(),
  }),
  reply: person,
  status: 201,
  refusals: ['employee_no_taken', 'not_found'],
})

export const changePerson = route({
  name: 'changePerson',
  method: 'PATCH',
  path: '/api/people/:id',
  summary: {
    zh: '修改姓名、工号、入职日期',
    en: 'Change the name, the employee number or the day of joining',
  },
  params: z.strictObject({ id }),
  body: z.strictObject({
    name: z.string().trim().min(1).max(60).optional(),
    employeeNo: z.string().trim().max(40).nullable().optional(),
    /** The first day of the first posting. */
    joinedOn: day.optional(),
  }),
  reply: person,
  refusals: ['employee_no_taken', 'joining_after_posting', 'not_found'],
})

export const movePerson = route({
  name: 'movePerson',
  method: 'POST',
  path: '/api/people/:id/move',
  summary: { zh: '调动：自某日起任职于另一单位', en: 'Move to another unit from a day on' },
  params: z.strictObject({ id }),
  body: z.strictObject({ unitId: id, fromOn: day, duty: z.string().trim().min(1).max(40).optional() }),
  reply: person,
  refusals: ['move_before_posting', 'not_found'],
})

export const endPerson = route({
  name: 'endPerson',
  method: 'POST',
  path: '/api/people/:id/leaving',
  summary: { zh: '离岗：自某日起不再任职；空日期则撤销', en: 'Leave from a day on; null takes it back' },
  params: z.strictObject({ id }),
  body: z.strictObject({ on: day.nullable() }),
  reply: person,
  refusals: ['leave_before_posting', 'not_found'],
})

export const peopleFields = ['name', 'employeeNo', 'unit', 'duty', 'fromOn', 'toOn'] as const
export const peopleField = z.enum(peopleFields)
export type PeopleField = z.infer<typeof peopleField>

export const bringPeople = route({
  name: 'bringPeople',
  method: 'POST',
  path: '/api/people/table',
  summary: {
    zh: '粘贴人员表：猜列、预览，确认后写入',
    en: 'People as a pasted table: columns guessed, previewed, written once confirmed',
  },
  body: pastedTable(peopleField).body,
  reply: z.object({ ...pastedTable(peopleField).reply, newUnits: z.array(z.string()) }),
  refusals: ['no_name_column'],
})
