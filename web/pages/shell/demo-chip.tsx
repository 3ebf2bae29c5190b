import { useMutation, useQueryClient } from '@tanstack/react-query'
import { clearDemo } from '../../../contract/demo.ts'
import { call, Refused } from '../../call.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { say } from '../../ui/toast.tsx'
import { useWords } from '../../words.ts'

/** Says on every page that these numbers are not the reader's own, and takes exactly those rows away. */
export function DemoChip({ mayClear }: { mayClear: boolean }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const clearing = useMutation({
    mutationFn: () => call(clearDemo, {}),
    onSuccess: ({ removed }) => {
      say(t('demo.cleared', { n: removed }))
      return queries.invalidateQueries()
    },
    onError: (error) => say(error instanceof Refused ? error.problem.detail : t('state.unanswered')),
  })
  if (!mayClear) return <span className="demo-chip">{t('demo.data')}</span>
  return (
    <Confirm
      title={t('demo.clearQuestion')}
      what={t('demo.clearWhat')}
      yes={t('demo.clear')}
      onYes={() => clearing.mutate()}
      button={(ask) => (
        <button type="button" className="demo-chip" disabled={clearing.isPending} onClick={ask}>
          {t('demo.data')} · <u>{t('demo.clear')}</u>
        </button>
      )}
    />
  )
}
