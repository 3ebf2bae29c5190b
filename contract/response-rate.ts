import { z } from 'zod'

/** Of the surveys sent on the days of a figure how many were answered, whenever that was. */
const answered = { sent: z.number().int().min(1), submitted: z.number().int().min(0) }

/**
 * Beside a figure that comes from answers to surveys; absent beside every other. null: not known, as no invitation to a
 * survey is on record, or the copy is older than the response rate.
 */
export const responseRate = z
  .object({ ...answered, /** In percent. */ value: z.number() })
  .nullable()
  .optional()
export type ResponseRate = NonNullable<z.infer<typeof responseRate>>

/** What a copy keeps of it. */
export const frozenResponseRate = z.object(answered).nullable().optional()
