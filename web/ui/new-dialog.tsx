import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Form, Modal } from 'antd'
import { type ReactNode, useState } from 'react'
import { useWords } from '../words.ts'
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
      <Modal
        open={open}
        title={title}
        okText={t('action.create')}
        confirmLoading={creating.isPending}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          initialValues={initial ?? {}}
          onFinish={creating.mutate}
        >
          {children}
          {creating.error && (
            <div role="alert">
              <Detail error={creating.error} />
            </div>
          )}
        </Form>
      </Modal>
    </>
  )
}
