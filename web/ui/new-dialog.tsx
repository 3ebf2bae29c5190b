import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Form } from 'antd'
import { type ReactNode, useState } from 'react'
import { useWords } from '../words.ts'
import { Dialog } from './dialog.tsx'
import { Detail } from './states.tsx'

interface Props<Values> {
  title: string
  /** Query keys whose lists show what was created. */
  refreshes: readonly string[]
  create: (values: Values) => Promise<unknown>
  initial?: Partial<Values>
  children: ReactNode
}

/** A button, and the short form behind it. A refusal keeps what was typed. */
export function NewDialog<Values extends object>({
  title,
  refreshes,
  create,
  initial,
  children,
}: Props<Values>) {
  const { t } = useWords()
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const [form] = Form.useForm<Values>()
  const creating = useMutation({
    mutationFn: create,
    onSuccess: () => {
      setOpen(false)
      form.resetFields()
      return Promise.all(refreshes.map((key) => queries.invalidateQueries({ queryKey: [key] })))
    },
  })
  return (
    <>
      <Button onClick={() => setOpen(true)}>{title}</Button>
      {open && (
        <Dialog title={title} place="middle" onClose={() => setOpen(false)}>
          <Form
            form={form}
            layout="vertical"
            requiredMark={false}
            initialValues={initial ?? {}}
            onFinish={creating.mutate}
          >
            {children}
            {creating.error && (
              <div role="alert" className="refusal">
                <Detail error={creating.error} />
              </div>
            )}
            <div className="row dialog-foot">
              <Button onClick={() => setOpen(false)}>{t('action.cancel')}</Button>
              <Button type="primary" htmlType="submit" loading={creating.isPending}>
                {t('action.create')}
              </Button>
            </div>
          </Form>
        </Dialog>
      )}
    </>
  )
}
