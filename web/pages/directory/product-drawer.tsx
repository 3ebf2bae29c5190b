import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { type FormEvent, useState } from 'react'
import { changeProduct, createProduct, type Product } from '../../../contract/directory.ts'
import { call } from '../../call.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Detail } from '../../ui/states.tsx'
import { say } from '../../ui/toast.tsx'
import { useWords } from '../../words.ts'

const days = ['launchOn', 'growthOn', 'maturityOn'] as const

/** One product, or a new one: what it is called and when each stage of its life begins. */
export function ProductDrawer({ product, onClose }: { product?: Product; onClose: () => void }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const [given, setGiven] = useState({
    code: product?.code ?? '',
    name: product?.name ?? '',
    category: product?.category ?? '',
    launchOn: product?.launchOn ?? '',
    growthOn: product?.growthOn ?? '',
    maturityOn: product?.maturityOn ?? '',
  })
  const saving = useMutation({
    mutationFn: () => {
      const { code, name, category } = given
      const stages = {
        launchOn: given.launchOn || null,
        growthOn: given.growthOn || null,
        maturityOn: given.maturityOn || null,
      }
      return product
        ? call(changeProduct, {
            params: { id: product.id },
            body: { name, category: category || null, ...stages },
          })
        : call(createProduct, { body: { code, name, ...(category && { category }), ...stages } })
    },
    onSuccess: async () => {
      // Figures of a stage may be others now.
      await queries.invalidateQueries()
      say(t('people.saved'))
      onClose()
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    saving.mutate()
  }
  const input = (key: keyof typeof given, type: 'text' | 'date', maxLength?: number) => (
    <label className="settings-field" key={key}>
      {t(`productColumn.${key}`)}
      <input
        type={type}
        required={key === 'name' || key === 'code'}
        disabled={key === 'code' && product !== undefined}
        maxLength={maxLength}
        value={given[key]}
        onChange={(event) => setGiven({ ...given, [key]: event.target.value })}
      />
    </label>
  )
  return (
    <Dialog title={product?.name ?? t('products.new')} place="side" onClose={onClose}>
      <form className="drawer-form" onSubmit={submit} aria-label={product?.name ?? t('products.new')}>
        {input('code', 'text', 60)}
        {input('name', 'text', 120)}
        {input('category', 'text', 60)}
        {days.map((day) => input(day, 'date'))}
        <p className="soft small">{t('products.how')}</p>
        {saving.error && (
          <div role="alert" className="refusal">
            <Detail error={saving.error} />
          </div>
        )}
        <div className="row">
          <Button type="primary" htmlType="submit" loading={saving.isPending}>
            {t('action.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
