import { z } from 'zod'

/** A product's stages of life, in order. */
export const lifeStages = ['launch', 'growth', 'maturity'] as const
export type LifeStage = (typeof lifeStages)[number]
export const lifeStage = z.enum(lifeStages)
