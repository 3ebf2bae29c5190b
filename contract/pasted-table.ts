import { z } from 'zod'

/** A table pasted from a spreadsheet: what each column is is guessed where it is not said; written once confirmed. */
export const pastedTable = <Column extends z.ZodType>(column: Column) => ({
  body: z.strictObject({
    rows: z
      .array(z.array(z.string().max(200)).max(20))
      .min(1)
      .max(1000),
    /** what each column is; guessed where absent */
    columns: z.array(column.nullable()).max(20).optional(),
    /** false: nothing is written */
    apply: z.boolean().default(false),
  }),
  reply: {
    columns: z.array(column.nullable()),
    header: z.boolean(),
    applied: z.boolean(),
    items: z.array(
      z.object({
        /** 1-based row of what was pasted */
        line: z.number().int(),
        cells: z.array(z.string()),
        outcome: z.enum(['accepted', 'updated', 'unchanged', 'rejected']),
        why: z.object({ zh: z.string(), en: z.string() }).nullable(),
      }),
    ),
  },
})
