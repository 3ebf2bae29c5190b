import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { type FormEvent, useState } from 'react'
import type { z } from 'zod'
import { changeRoles, type listUsers, roles } from '../../../contract/access.ts'
import { call } from '../../call.ts'
import { useMe } from '../../session.ts'
import { Choose } from '../../ui/choose.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Detail } from '../../ui/states.tsx'
import { say } from '../../ui/toast.tsx'
import { useWords } from '../../words.ts'

type User = z.infer<typeof listUsers.reply>['items'][number]
type Grant = { role: User['grants'][number]['role']; unitId: string; until: string | null }

/** Which roles a user has, and in which unit each; what lies below a unit is seen too. */
export function ChangeRoles({ user }: { user: User }) {
  const { t, label } = useWords()
  const me = useMe()
  const queries = useQueryClient()
  const [grants, setGrants] = useState<Grant[]>()
  const saving = useMutation({
    mutationFn: (body: { grants: Grant[] }) => call(changeRoles, { params: { id: user.id }, body }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['users'] })
      setGrants(undefined)
      say(t('people.rolesSaved', { name: user.name }))
    },
  })
  const change = (at: number, changed: Partial<Grant>) =>
    setGrants((now) => now?.map((one, i) => (i === at ? { ...one, ...changed } : one)))
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (grants) saving.mutate({ grants })
  }
  const open = () => setGrants(user.grants.map(({ role, unitId, until }) => ({ role, unitId, until })))
  const fresh: Grant = { role: 'specialist', unitId: me.organization.rootUnitId, until: null }
  return (
    <>
      <Button size="small" type="text" onClick={open}>
        {t('people.role')}
      </Button>
      {grants && (
        <Dialog
          title={`${t('people.roles')} · ${user.name}`}
          place="middle"
          onClose={() => setGrants(undefined)}
        >
          <form className="stack" onSubmit={send}>
            {grants.map((grant, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row has nothing of its own, and keeps its place
              <div className="row" key={at}>
                <Choose
                  label={`${t('people.role')} ${at + 1}`}
                  value={grant.role}
                  options={roles.map((role) => ({ value: role, label: label('role', role) }))}
                  onChange={(role) => role && change(at, { role: role as Grant['role'] })}
                />
                <Choose
                  label={`${t('people.reach')} ${at + 1}`}
                  value={grant.unitId}
                  options={me.units.map(({ id, name }) => ({ value: id, label: name }))}
                  onChange={(unitId) => unitId && change(at, { unitId })}
                />
                {grants.length > 1 && (
                  <Button type="text" onClick={() => setGrants(grants.toSpliced(at, 1))}>
                    {t('people.dropRole')}
                  </Button>
                )}
              </div>
            ))}
            <div>
              <Button onClick={() => setGrants([...grants, fresh])}>{t('people.addRole')}</Button>
            </div>
            <p className="soft small">{t('people.reachWhy')}</p>
            {saving.error && (
              <div role="alert" className="refusal">
                <Detail error={saving.error} />
              </div>
            )}
            <div className="row dialog-foot">
              <Button onClick={() => setGrants(undefined)}>{t('action.cancel')}</Button>
              <Button type="primary" htmlType="submit" loading={saving.isPending}>
                {t('action.save')}
              </Button>
            </div>
          </form>
        </Dialog>
      )}
    </>
  )
}
