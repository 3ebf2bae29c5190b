import type { z } from 'zod'
import type { indicatorFields, rule, timeLimit } from '../../contract/standards.ts'

export type Rule = z.infer<typeof rule>
export type TimeLimit = z.infer<typeof timeLimit>
export type Clock = TimeLimit['clock']
/** The clocks of an order; a reply is owed to an answer. */
export type ClockOfWork = Exclude<Clock, 'reply'>

/** A measure as an organization uses it: target, rule, weight. Decimals are text, `4.5`. */
export type Indicator = z.infer<z.ZodObject<typeof indicatorFields>>
/** `<=` for what should be low, `>=` for what should be high; the value in the measure's own unit. */
export type Target = Indicator['target']

/** A version as it stands for measuring: immutable once published. Days are 'YYYY-MM-DD'. */
export interface Standard {
  version: number
  effectiveOn: string
  pack: string
  indicators: Indicator[]
  timeLimits: TimeLimit[]
}

export interface Words {
  zh: string
  en: string
}

/** Numbers to start from; `source` says where they come from and which of them are ours. */
export interface Pack {
  name: string
  title: Words
  source: Words
  /** A preset of an industry varies one of the packs that carry the sources' numbers, which have none here. */
  basedOn?: string
  indicators: Indicator[]
  timeLimits: TimeLimit[]
}

/** The measures an indicator may use, and what each says of itself. */
export interface MeasuresKnown {
  codes: string[]
  words: (measure: string) => MeasureWords
}

/** What a measure says about itself; unit is `min`, `%`, `h`, `points`, `count` or any other text, shown as it is. */
export interface MeasureWords {
  name: Words
  better: 'lower' | 'higher' | 'none'
  definition: Words
  unit: string
}
