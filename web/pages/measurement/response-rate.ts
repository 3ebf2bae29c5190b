import type { Figure } from '../../../contract/measurement.ts'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'

/** Says a response rate: with what it is made of, or that it is not known. */
export function useResponseRate(): (rate: NonNullable<Figure['responseRate']> | null) => string {
  const { t } = useWords()
  const { value, count } = useNumbers()
  return (rate) =>
    rate === null
      ? t('responseRate.unknown')
      : t('responseRate.is', {
          rate: value(rate.value, '%'),
          sent: count(rate.sent),
          submitted: count(rate.submitted),
        })
}
