import { useWords } from '../words.ts'
import { useNumbers } from './use-numbers.ts'

/** A time limit as a person says it: 2 h of working time, 3 working days. */
export function useLimitText() {
  const { t, label } = useWords()
  const { duration } = useNumbers()
  return ({ seconds, runs }: { seconds: number; runs: string }): { within: string; runs: string } =>
    runs === 'workdays'
      ? { within: t('limits.workdays', { n: seconds / 86_400 }), runs: label('runs', 'working') }
      : { within: duration(seconds / 60), runs: label('runs', runs) }
}
