import { Form, Input, Select } from 'antd'
import type { z } from 'zod'
import { createPerson } from '../../../contract/directory.ts'
import { call } from '../../call.ts'
import { useMe } from '../../session.ts'
import { NewDialog } from '../../ui/new-dialog.tsx'
import { useWords } from '../../words.ts'

export function NewPerson() {
  const { t } = useWords()
  const me = useMe()
  return (
    <NewDialog<z.input<typeof createPerson.body>>
      title={t('people.newPerson')}
      refreshes={['people']}
      initial={{ unitId: me.organization.rootUnitId }}
      create={({ employeeNo, ...body }) =>
        call(createPerson, { body: { ...body, ...(employeeNo && { employeeNo }) } })
      }
    >
      <Form.Item
        name="name"
        label={t('people.name')}
        rules={[{ required: true, whitespace: true, message: t('form.required') }]}
      >
        <Input maxLength={60} autoComplete="off" />
      </Form.Item>
      <Form.Item name="employeeNo" label={t('people.employeeNo')}>
        <Input maxLength={40} autoComplete="off" />
      </Form.Item>
      <Form.Item name="unitId" label={t('record.unit')}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={me.units.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
    </NewDialog>
  )
}
