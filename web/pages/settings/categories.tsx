import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { changeCategory, createCategory, removeCategory } from '../../../contract/directory.ts'
import { call } from '../../call.ts'
import { Detail } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import type { Organization } from './organization.tsx'

/** Categories of products and services; a name is saved when its field is left. */
export function Categories({ organization: { categories } }: { organization: Organization }) {
  const { t } = useWords()
  const queries = useQueryClient()
  const [fresh, setFresh] = useState('')
  const saving = useMutation({
    mutationFn: (work: () => Promise<Organization>) => work(),
    onSuccess: (changed) => queries.setQueryData(['organization'], changed),
  })
  const rename = (code: string, before: string, name: string) => {
    if (name.trim() !== '' && name !== before)
      saving.mutate(() => call(changeCategory, { params: { code }, body: { name } }))
  }
  return (
    <section className="panel" aria-label={t('settings.categories')}>
      <h2>{t('settings.categories')}</h2>
      <ul className="settings-list">
        {categories.map(({ code, name, products }) => (
          <li key={code}>
            <input
              aria-label={`${t('settings.category')} ${name}`}
              maxLength={60}
              defaultValue={name}
              onBlur={(event) => rename(code, name, event.target.value)}
            />
            <span className="soft small number">{t('settings.products', { n: products })}</span>
            <Button
              size="small"
              type="text"
              disabled={products > 0}
              aria-label={`${t('standards.drop')} ${name}`}
              onClick={() => saving.mutate(() => call(removeCategory, { params: { code } }))}
            >
              ×
            </Button>
          </li>
        ))}
      </ul>
      <form
        className="settings-list"
        onSubmit={(event) => {
          event.preventDefault()
          if (fresh.trim() === '') return
          saving.mutate(() => call(createCategory, { body: { name: fresh } }))
          setFresh('')
        }}
      >
        <span className="row">
          <input
            aria-label={t('settings.newCategory')}
            placeholder={t('settings.newCategory')}
            maxLength={60}
            value={fresh}
            onChange={(event) => setFresh(event.target.value)}
          />
          <Button htmlType="submit">{t('action.create')}</Button>
        </span>
      </form>
      {saving.error && (
        <div role="alert" className="refusal">
          <Detail error={saving.error} />
        </div>
      )}
    </section>
  )
}
