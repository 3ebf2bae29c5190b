import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import type { kinds } from '../../../contract/intake.ts'
import { useMe } from '../../session.ts'
import { NoPermission } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import { RecordsTabs } from '../cases/records-tabs.tsx'
import { BatchResult } from './batch-result.tsx'
import { ChooseFile } from './choose-file.tsx'
import { History } from './history.tsx'
import { PreviewStep } from './preview-step.tsx'
import './import.css'

export type Kind = (typeof kinds)[number]
const route = getRouteApi('/inside/records/import')

/** Choose a file → look at what would happen → import → see what did, and take it back. */
export function ImportPage() {
  const { t } = useWords()
  const me = useMe()
  const { batch } = route.useSearch()
  const navigate = route.useNavigate()
  const [kind, setKind] = useState<Kind>('work-orders')
  const [file, setFile] = useState<File>()
  if (!me.can.import) return <NoPermission />
  const show = (id: string | undefined) => {
    setFile(undefined)
    void navigate({ search: { batch: id } })
  }
  return (
    <>
      <h1 className="unseen">{t('records.import')}</h1>
      <RecordsTabs />
      <div className="stack">
        {batch ? (
          <BatchResult id={batch} onAnother={() => show(undefined)} />
        ) : file ? (
          <PreviewStep kind={kind} file={file} onBack={() => setFile(undefined)} onStarted={show} />
        ) : (
          <ChooseFile kind={kind} onKind={setKind} onFile={setFile} />
        )}
        <History onOpen={show} current={batch} />
      </div>
    </>
  )
}
