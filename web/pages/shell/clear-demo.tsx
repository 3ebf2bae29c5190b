import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { clearDemo } from '../../../contract/demo.ts'
import { call, Refused } from '../../call.ts'
import { Confirm } from '../../ui/confirm.tsx'
import { say } from '../../ui/toast.tsx'
import { useWords } from '../../words.ts'

/** Asks, then takes exactly the demo's rows away. */
export function ClearDemo({ button }: { button: (ask: () => void, busy: boolean) => ReactNode }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const clearing = useMutation({
    mutationFn: () => call(clearDemo, {}),
    onSuccess: ({ removed, kept }) => {
      say(t(kept > 0 ? 'demo.clearedBut' : 'demo.cleared', { n: removed, kept }))
      return queries.invalidateQueries()
    },
    onError: (error) => say(error instanceof Refused ? error.problem.detail : t('state.unanswered')),
  })
  return (
    <Confirm
      title={t('demo.clearQuestion')}
      what={t('demo.clearWhat')}
      yes={t('demo.clear')}
      onYes={() => clearing.mutate()}
      button={(ask) => button(ask, clearing.isPending)}
    />
  )
}
