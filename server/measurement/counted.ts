import type { OrganizationAsked, PlacedUnit } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import { customerRecords } from './customer-records.ts'
import { customerValue } from './customer-value.ts'
import { type CustomerCounts, countCustomers } from './customers.ts'
import type { Measure, OfCustomers } from './measure.ts'
import { countPeople, type PeopleCounts, peopleValue } from './people.ts'
import { peopleRecords } from './people-records.ts'
import type { Question, Span } from './question.ts'
import type { Page, Records } from './records.ts'
import type { Value } from './value.ts'

/** Whether a measure is counted from records: of customers and of people, who do not add up over days and teams. */
export const isCounted = ({ customers, people }: Pick<Measure, 'customers' | 'people'>): boolean =>
  customers !== undefined || people !== undefined

/** What the records of a span say of customers and people. */
export interface Counted {
  customers?: CustomerCounts
  people?: PeopleCounts
}

type Context = OrganizationAsked & { units?: PlacedUnit[] | undefined; today: number }

/** Per span (by its place) and member; '' where the question does not split. Only what the measures need is counted. */
export async function countRecords(
  tx: Tx,
  question: Question,
  spans: Span[],
  context: Context,
  measures: Measure[],
): Promise<Map<string, Counted>[]> {
  const asks = (...some: OfCustomers[]) =>
    measures.some(({ customers }) => customers && some.includes(customers))
  const needs = { withBefore: asks('kept', 'lost'), withSpend: asks('repeat_spend') }
  const [customers, people] = await Promise.all([
    measures.some((one) => one.customers)
      ? countCustomers(tx, question, spans, { ...context, ...needs })
      : [],
    measures.some((one) => one.people) ? countPeople(tx, question, spans, context) : [],
  ])
  return spans.map((_, i) => {
    const found = new Map<string, Counted>()
    for (const [member, counts] of customers[i] ?? []) found.set(member, { customers: counts })
    for (const [member, counts] of people[i] ?? [])
      found.set(member, { ...found.get(member), people: counts })
    return found
  })
}

export const countedValue = (
  measure: Measure,
  { customers, people }: Counted = {},
  minimumN: number,
): Value =>
  measure.people ? peopleValue(measure, people, minimumN) : customerValue(measure, customers, minimumN)

export const countedRecords = (
  tx: Tx,
  measure: Measure,
  question: Question,
  organization: OrganizationAsked,
  page: Page,
): Promise<Records> =>
  measure.customers
    ? customerRecords(tx, { ...measure, customers: measure.customers }, question, organization, page)
    : peopleRecords(tx, question, organization, page)
