import * as contract from '../../contract/standards.ts'
import { policies } from '../access/index.ts'
import { serve } from '../platform/http/serve.ts'
import { packs } from './packs.ts'
import { ruleSentence, targetText } from './sentences.ts'
import type { MeasureWords, Pack } from './shapes.ts'
import { listStandards, publishStandard } from './standards.ts'

/** Measures are handed in: measurement is a module after this one. */
export const standardsRoutes = (measureWords: (measure: string) => MeasureWords, knownMeasures: string[]) => [
  serve(contract.listStandards, policies.readingStandards, async (tx) => ({
    items: await listStandards(tx, measureWords),
  })),
  serve(contract.publishStandard, policies.editingStandards, async (tx, { body }, { actor, now, audit }) => {
    const version = await publishStandard(tx, body, { authorId: actor.userId, now, knownMeasures })
    audit({
      objectKind: 'standard',
      objectId: `v${version}`,
      detail: { effectiveOn: body.effectiveOn, reason: body.reason },
    })
    const published = await listStandards(tx, measureWords)
    return published.find((standard) => standard.version === version)!
  }),
  serve(
    contract.listPacks,
    policies.anyone,
    async () => ({ items: packs.map((pack) => packReply(pack, measureWords)) }),
    'own',
  ),
]

const packReply = (
  { name, title, source, indicators, timeLimits }: Pack,
  words: (measure: string) => MeasureWords,
) => ({
  name,
  title,
  source,
  timeLimits,
  indicators: indicators.map(({ nameZh, nameEn, weight, target, rule, measure }) => {
    const { unit } = words(measure)
    return {
      nameZh,
      nameEn,
      weight,
      targetText: targetText(target, unit),
      sentence: ruleSentence(rule, target, unit),
    }
  }),
})
