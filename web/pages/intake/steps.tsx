import { useWords } from '../../words.ts'

export const steps = ['choose', 'map', 'preview', 'done'] as const
export type Step = (typeof steps)[number]

/** Where in the wizard one is; steps that are behind lead back. */
export function Steps({ at, onBack }: { at: Step; onBack?: (step: 'choose' | 'map') => void }) {
  const { t } = useWords()
  const here = steps.indexOf(at)
  return (
    <ol className="steps" aria-label={t('import.steps')}>
      {steps.map((step, i) => {
        const back = i < here && at !== 'done' && (step === 'choose' || step === 'map') ? step : undefined
        const word = (
          <>
            <span className="steps-number number">{i + 1}</span>
            <span className="steps-word">{t(`importStep.${step}`)}</span>
          </>
        )
        return (
          <li key={step} className={i === here ? 'steps-here' : i < here ? 'steps-past' : undefined}>
            {back && onBack ? (
              <button type="button" onClick={() => onBack(back)}>
                {word}
              </button>
            ) : (
              <span aria-current={i === here ? 'step' : undefined}>{word}</span>
            )}
          </li>
        )
      })}
    </ol>
  )
}
