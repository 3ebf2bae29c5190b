import { z } from 'zod'
import { lifeStage } from './life-stage.ts'

/** Which records an indicator stands for. A category holds those below it. */
export const indicatorScope = z.strictObject({
  channel: z.string().min(1).max(60).optional(),
  priority: z.enum(['urgent', 'important', 'normal']).optional(),
  category: z.string().min(1).max(200).optional(),
  faultLevel: z.string().min(1).max(200).optional(),
  /** The stage of life the record's product was in on its day. */
  lifeStage: lifeStage.optional(),
})
export type IndicatorScope = z.infer<typeof indicatorScope>
