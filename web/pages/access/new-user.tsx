import { Form, Input, Select } from 'antd'
import type { z } from 'zod'
import { createUser, roles } from '../../../contract/access.ts'
import { call } from '../../call.ts'
import { useMe } from '../../session.ts'
import { NewDialog } from '../../ui/new-dialog.tsx'
import { useWords } from '../../words.ts'

export function NewUser() {
  const { t, label } = useWords()
  const me = useMe()
  const required = { required: true, message: t('form.required') }
  return (
    <NewDialog<z.input<typeof createUser.body>>
      title={t('people.newUser')}
      refreshes={['users']}
      initial={{ role: 'specialist', unitId: me.organization.rootUnitId }}
      create={(body) => call(createUser, { body })}
    >
      <Form.Item name="name" label={t('people.name')} rules={[required]}>
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="login" label={t('access.login')} rules={[required, { min: 2, max: 60 }]}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item
        name="password"
        label={t('access.password')}
        extra={t('access.passwordRule')}
        rules={[required, { min: 10, max: 200, message: t('access.passwordRule') }]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item name="role" label={t('people.role')} rules={[required]}>
        <Select options={roles.map((role) => ({ value: role, label: label('role', role) }))} />
      </Form.Item>
      <Form.Item name="unitId" label={t('people.reach')} extra={t('people.reachWhy')} rules={[required]}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={me.units.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
    </NewDialog>
  )
}
