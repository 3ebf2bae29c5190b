import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { type FormEvent, useState } from 'react'
import type { z } from 'zod'
import { changeOrganization, readOrganization } from '../../../contract/directory.ts'
import { call } from '../../call.ts'
import { useMe } from '../../session.ts'
import { Choose } from '../../ui/choose.tsx'
import { Detail, Failure, Loading, NoPermission } from '../../ui/states.tsx'
import { say } from '../../ui/toast.tsx'
import { useWords } from '../../words.ts'
import { Categories } from './categories.tsx'
import { SettingsTabs } from './settings-tabs.tsx'

export type Organization = z.infer<typeof readOrganization.reply>
const grains = readOrganization.reply.shape.monitoringPeriod.options
const languages = ['zh', 'en'] as const

/** The organization itself: its name, days, language and period, and the categories of its products. */
export function OrganizationPage() {
  const { t } = useWords()
  const me = useMe()
  const found = useQuery({ queryKey: ['organization'], queryFn: () => call(readOrganization, {}) })
  if (!me.can.manage) return <NoPermission />
  if (found.error) return <Failure error={found.error} onRetry={() => void found.refetch()} />
  if (!found.data) return <Loading rows={6} />
  return (
    <>
      <div className="page-head">
        <h1>{t('settings.organization')}</h1>
      </div>
      <SettingsTabs />
      <div className="settings-cards">
        <About organization={found.data} />
        <Categories organization={found.data} />
      </div>
    </>
  )
}

function About({ organization }: { organization: Organization }) {
  const { t, label } = useWords()
  const queries = useQueryClient()
  const [name, setName] = useState(organization.name)
  const [zone, setZone] = useState(organization.zone)
  const [language, setLanguage] = useState(organization.language)
  const [period, setPeriod] = useState(organization.monitoringPeriod)
  const saving = useMutation({
    mutationFn: () => call(changeOrganization, { body: { name, zone, language, monitoringPeriod: period } }),
    onSuccess: async () => {
      await queries.invalidateQueries()
      say(t('people.saved'))
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    saving.mutate()
  }
  return (
    <form className="panel" onSubmit={submit} aria-label={t('settings.about')}>
      <h2>{t('settings.about')}</h2>
      <label className="settings-field">
        {t('settings.name')}
        <input required maxLength={120} value={name} onChange={(event) => setName(event.target.value)} />
      </label>
      <label className="settings-field">
        {t('settings.zone')}
        <input required list="zones" value={zone} onChange={(event) => setZone(event.target.value)} />
        <datalist id="zones">
          {Intl.supportedValuesOf('timeZone').map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
        {zone !== organization.zone && <span className="small">{t('settings.zoneWhat')}</span>}
      </label>
      <div className="settings-field">
        {t('settings.period')}
        <Choose
          label={t('settings.period')}
          value={period}
          options={grains.map((grain) => ({ value: grain, label: label('grain', grain) }))}
          onChange={(chosen) => chosen && setPeriod(chosen as Organization['monitoringPeriod'])}
        />
      </div>
      <div className="settings-field">
        {t('settings.language')}
        <Choose
          label={t('settings.language')}
          value={language}
          options={languages.map((one) => ({ value: one, label: label('languageName', one) }))}
          onChange={(chosen) => chosen && setLanguage(chosen as 'zh' | 'en')}
        />
        <span className="soft small">{t('settings.languageWhat')}</span>
      </div>
      {saving.error && (
        <div role="alert" className="refusal">
          <Detail error={saving.error} />
        </div>
      )}
      <Button type="primary" htmlType="submit" loading={saving.isPending}>
        {t('action.save')}
      </Button>
    </form>
  )
}
