import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Popconfirm } from 'antd'
import { disableUser } from '../../../contract/access.ts'
import { call, Refused } from '../../call.ts'
import { say } from '../../ui/toast.tsx'
import { useWords } from '../../words.ts'

export function DisableUser({ id, name }: { id: string; name: string }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const disabling = useMutation({
    mutationFn: () => call(disableUser, { params: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['users'] }),
    onError: (error) => say(error instanceof Refused ? error.problem.detail : t('state.unanswered')),
  })
  return (
    <Popconfirm
      title={t('people.disableQuestion', { name })}
      description={t('people.disableWhat')}
      onConfirm={() => disabling.mutate()}
    >
      <Button size="small" type="text" loading={disabling.isPending}>
        {t('people.disable')}
      </Button>
    </Popconfirm>
  )
}
