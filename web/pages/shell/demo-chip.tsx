import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App, Popconfirm } from 'antd'
import { clearDemo } from '../../../contract/demo.ts'
import { call, Refused } from '../../call.ts'
import { useWords } from '../../words.ts'

/** Says on every page that these numbers are not the reader's own, and takes exactly those rows away. */
export function DemoChip({ mayClear }: { mayClear: boolean }) {
  const { t } = useWords()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const clearing = useMutation({
    mutationFn: () => call(clearDemo, {}),
    onSuccess: ({ removed }) => {
      void message.success(t('demo.cleared', { n: removed }))
      return queries.invalidateQueries()
    },
    onError: (error) =>
      message.error(error instanceof Refused ? error.problem.detail : t('state.unanswered')),
  })
  if (!mayClear) return <span className="demo-chip">{t('demo.data')}</span>
  return (
    <Popconfirm
      title={t('demo.clearQuestion')}
      description={t('demo.clearWhat')}
      okText={t('demo.clear')}
      onConfirm={() => clearing.mutateAsync()}
    >
      <button type="button" className="demo-chip" disabled={clearing.isPending}>
        {t('demo.data')} · <u>{t('demo.clear')}</u>
      </button>
    </Popconfirm>
  )
}
