import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { disableUser } from '../../../contract/access.ts'
import { call, Refused } from '../../call.ts'
import { Confirm } from '../../ui/confirm.tsx'
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
    <Confirm
      title={t('people.disableQuestion', { name })}
      what={t('people.disableWhat')}
      yes={t('people.disable')}
      onYes={() => disabling.mutate()}
      button={(ask) => (
        <Button size="small" type="text" loading={disabling.isPending} onClick={ask}>
          {t('people.disable')}
        </Button>
      )}
    />
  )
}
