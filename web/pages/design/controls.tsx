import { Button, Checkbox, DatePicker, Form, Input, InputNumber, Switch } from 'antd'
import { useState } from 'react'
import { Choose } from '../../ui/choose.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { say } from '../../ui/toast.tsx'
import { useWords } from '../../words.ts'

/** What is pressed and filled in, with what opens over the page. */
export function Controls() {
  const { t, label } = useWords()
  const [drawer, setDrawer] = useState(false)
  const [chosen, setChosen] = useState<string>()
  const [taken, setTaken] = useState(false)
  const take = () => {
    setTaken(true)
    say(t('design.taken'), () => setTaken(false))
  }
  return (
    <section className="panel stack">
      <h2>{t('design.controls')}</h2>
      <div className="row">
        <Button type="primary">{t('design.primary')}</Button>
        <Button>{t('design.plain')}</Button>
        <Button type="text">{t('design.quiet')}</Button>
        <Button danger>{t('design.danger')}</Button>
        <Button disabled>{t('design.disabled')}</Button>
        <Button loading>{t('design.busy')}</Button>
      </div>
      <Form
        layout="vertical"
        requiredMark={false}
        className="design-form"
        initialValues={{ text: t('design.sample'), wrong: '25:70', number: 30 }}
      >
        <Form.Item name="text" label={t('design.text')}>
          <Input />
        </Form.Item>
        <Form.Item name="wrong" label={t('design.wrong')} validateStatus="error" help={t('design.remedy')}>
          <Input />
        </Form.Item>
        <Form.Item name="number" label={t('design.number')}>
          <InputNumber className="design-full" />
        </Form.Item>
        <Form.Item name="day" label={t('design.day')}>
          <DatePicker className="design-full" />
        </Form.Item>
      </Form>
      <div className="row">
        <Choose
          label={t('grain.month')}
          all={t('grain.month')}
          value={chosen}
          onChange={setChosen}
          options={['day', 'week', 'year'].map((grain) => ({ value: grain, label: label('grain', grain) }))}
        />
        <Checkbox defaultChecked>{t('design.check')}</Checkbox>
        <Switch defaultChecked aria-label={t('design.check')} />
      </div>
      <div className="row">
        <Confirm
          title={t('design.sure')}
          what={t('design.sureWhat')}
          yes={t('design.primary')}
          onYes={take}
          button={(ask) => <Button onClick={ask}>{t('design.dialog')}</Button>}
        />
        <Button onClick={() => setDrawer(true)}>{t('design.drawer')}</Button>
        <Button onClick={take} disabled={taken}>
          {t('design.toast')}
        </Button>
      </div>
      {drawer && (
        <Dialog title={t('design.drawer')} place="side" onClose={() => setDrawer(false)}>
          <p>{t('design.what')}</p>
          <Button onClick={take}>{t('design.toast')}</Button>
        </Dialog>
      )}
    </section>
  )
}
