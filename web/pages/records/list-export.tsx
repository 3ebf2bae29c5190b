import { DownloadOutlined } from '@ant-design/icons'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Badge, Button } from 'antd'
import { useState } from 'react'
import type { ListKind } from '../../../contract/list-columns.ts'
import { cancelExport, downloadExport, type ExportJob, startExport } from '../../../contract/records.ts'
import { call } from '../../call.ts'
import { addressOf } from '../../paths.ts'
import { useMe } from '../../session.ts'
import { Drop } from '../../ui/drop.tsx'
import { Detail } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'
import type { ListSearch } from './list-search.ts'
import { useExports } from './use-exports.ts'

interface Props {
  kind: ListKind
  search: ListSearch
  columns: string[]
}

const fileOf = ({ id }: ExportJob) => addressOf(downloadExport, { params: { id } })

/** Which rows and columns go into a file, and the files of the last day with how far they are. */
export function ListExport({ kind, search, columns }: Props) {
  const { t } = useWords()
  const me = useMe()
  const queries = useQueryClient()
  const jobs = useExports()
  const [which, setWhich] = useState<'template' | 'seen' | 'all'>('template')
  const [all, setAll] = useState(false)
  const exporting = useMutation({
    mutationFn: (format: 'xlsx' | 'csv') =>
      call(startExport, {
        body: {
          list: kind,
          format,
          columns: which === 'seen' ? columns : which,
          ...(all ? {} : narrowed(search)),
        },
      }),
    onSuccess: (job) => {
      if (job.state === 'done') fetchFile(fileOf(job))
      return queries.invalidateQueries({ queryKey: ['exports'] })
    },
  })
  if (!me.roles.some((role) => role !== 'auditor' && role !== 'department_owner')) return null
  const running = jobs.filter(({ state }) => state === 'running').length
  return (
    <Drop
      align="end"
      button={(open, toggle) => (
        <Badge count={running} size="small">
          <Button icon={<DownloadOutlined />} aria-expanded={open} onClick={toggle}>
            {t('export.title')}
          </Button>
        </Badge>
      )}
    >
      {() => (
        <div className="list-export" data-own-keys>
          <fieldset>
            <legend>{t('export.columns')}</legend>
            {(['template', 'seen', 'all'] as const).map((one) => (
              <label key={one} className="column-choice">
                <input type="radio" name="which" checked={which === one} onChange={() => setWhich(one)} />{' '}
                {t(`export.${one}`)}
              </label>
            ))}
          </fieldset>
          <fieldset>
            <legend>{t('export.rows')}</legend>
            <label className="column-choice">
              <input type="radio" name="rows" checked={!all} onChange={() => setAll(false)} />{' '}
              {t('export.asFiltered')}
            </label>
            <label className="column-choice">
              <input type="radio" name="rows" checked={all} onChange={() => setAll(true)} />{' '}
              {t('export.everything')}
            </label>
          </fieldset>
          <div className="row">
            <Button type="primary" loading={exporting.isPending} onClick={() => exporting.mutate('xlsx')}>
              {t('export.xlsx')}
            </Button>
            <Button disabled={exporting.isPending} onClick={() => exporting.mutate('csv')}>
              {t('export.csv')}
            </Button>
          </div>
          {exporting.error && <Detail error={exporting.error} />}
          <p className="soft small">{t('export.masked')}</p>
          {jobs.length > 0 && <Jobs jobs={jobs} />}
        </div>
      )}
    </Drop>
  )
}

function Jobs({ jobs }: { jobs: ExportJob[] }) {
  const { t, label } = useWords()
  const { count, stamp } = useNumbers()
  const queries = useQueryClient()
  const cancelling = useMutation({
    mutationFn: (id: string) => call(cancelExport, { params: { id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['exports'] }),
  })
  return (
    <ul className="export-jobs">
      {jobs.slice(0, 6).map((job) => (
        <li key={job.id}>
          {job.state === 'done' ? (
            <a href={fileOf(job)} download={job.fileName}>
              {job.fileName}
            </a>
          ) : (
            <span>{job.fileName}</span>
          )}
          <span className="soft small number">
            {job.state === 'running' ? (
              <>
                <progress max={job.total || 1} value={job.rows} aria-label={job.fileName} />{' '}
                {t('export.progress', { n: count(job.rows), of: count(job.total) })}{' '}
                <button type="button" className="door" onClick={() => cancelling.mutate(job.id)}>
                  {t('action.cancel')}
                </button>
              </>
            ) : (
              <>
                {label('exportState', job.state)} · {t('list.total', { n: count(job.rows) })} ·{' '}
                {stamp(job.createdAt).slice(11)}
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  )
}

function narrowed({ filter, sort, unit, product, agent, search, from, to }: ListSearch) {
  const given = { filter, sort, unit, product, agent, search, from, to }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}

function fetchFile(href: string): void {
  const link = document.createElement('a')
  link.href = href
  link.download = ''
  link.click()
}
