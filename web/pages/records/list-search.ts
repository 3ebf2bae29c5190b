import { z } from 'zod'
import { day, id } from '../../../contract/route.ts'

const text = (most: number) => z.string().max(most).optional().catch(undefined)
const one = id.optional().catch(undefined)
const onDay = day.optional().catch(undefined)

/** What the address of a list holds; the lists of answers and feedback know no product, agent, day or search of their own. */
export const listSearch = z.object({
  filter: text(4000),
  sort: text(300),
  cols: text(1000),
  pin: text(1),
  /** `all`: the list as it is, although another view is the usual one */
  view: z.literal('all').optional().catch(undefined),
  search: text(100),
  unit: one,
  product: one,
  agent: one,
  from: onDay,
  to: onDay,
})
export type ListSearch = z.infer<typeof listSearch>
