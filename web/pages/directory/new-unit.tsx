import { Form, Input, Select } from 'antd'
import type { z } from 'zod'
import { createUnit } from '../../../contract/directory.ts'
import { call } from '../../call.ts'
import { useMe } from '../../session.ts'
import { NewDialog } from '../../ui/new-dialog.tsx'
import { useWords } from '../../words.ts'

export function NewUnit() {
  const { t, label } = useWords()
  const me = useMe()
  const kinds = createUnit.body.shape.kind.options
  return (
    <NewDialog<z.input<typeof createUnit.body>>
      title={t('people.newUnit')}
      refreshes={['units', 'me']}
      initial={{ kind: 'team', parentId: me.organization.rootUnitId }}
      create={(body) => call(createUnit, { body })}
    >
      <Form.Item
        name="name"
        label={t('people.name')}
        rules={[{ required: true, whitespace: true, message: t('form.required') }]}
      >
        <Input maxLength={120} />
      </Form.Item>
      <Form.Item name="kind" label={t('people.kind')}>
        <Select options={kinds.map((kind) => ({ value: kind, label: label('unitKind', kind) }))} />
      </Form.Item>
      <Form.Item name="parentId" label={t('people.parent')}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={me.units.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
    </NewDialog>
  )
}
