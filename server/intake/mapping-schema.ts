import * as z from 'zod'
import { eventMeanings } from '../cases/index.ts'

/** One column: the name of its field, or that with the format of its times. */
const column = z.union([
  z.string(),
  z.strictObject({ field: z.string(), format: z.string().max(60).optional() }),
])

/** A list by name without a prototype, so that a column called `__proto__` is a column. */
function table<Value extends z.ZodType>(value: Value) {
  return z
    .custom<Record<string, unknown>>(
      (input) => typeof input === 'object' && input !== null && !Array.isArray(input),
    )
    .transform((input, context) => {
      const found: Record<string, z.output<Value>> = Object.create(null)
      for (const [name, raw] of Object.entries(input)) {
        const parsed = value.safeParse(raw)
        if (parsed.success) found[name] = parsed.data
        else
          context.addIssue({
            code: 'custom',
            path: [name],
            message: parsed.error.issues[0]?.message ?? 'invalid',
          })
      }
      return found
    })
}

/** A mapping file: how the columns and words of one source become ours. Unknown keys are refused. */
export const mappingSchema = z.strictObject({
  /** IANA zone of times without an offset of their own. */
  zone: z.string().optional(),
  encoding: z.string().max(40).optional(),
  /** Name or 1-based number. */
  sheet: z.union([z.string(), z.int().min(1)]).optional(),
  headerRow: z.int().min(1).optional(),
  /** Texts that mean "nothing". */
  null: z.array(z.string()).max(100).optional(),
  columns: table(column),
  /** For each field, the file's words and ours. */
  values: table(table(z.string())).optional(),
  /** For each field, what a blank or missing cell holds. */
  constants: table(z.union([z.string(), z.number(), z.boolean()])).optional(),
  /** What the activities of an event log mean. */
  activities: table(z.enum(eventMeanings)).optional(),
  /** Take the last computed value of formula cells instead of rejecting them. */
  cachedValues: z.boolean().optional(),
})

export type Mapping = z.output<typeof mappingSchema>
