import { Popover } from 'antd'
import { useWords } from '../../words.ts'
import { Provenance } from '../intake/provenance.tsx'

interface Props {
  record: { id: string; source: string; provenance: { batchId: string; line: number } | null }
}

/** The line a record came from; opened, the line itself. */
export function Origin({ record }: Props) {
  const { t } = useWords()
  if (record.provenance === null) return <span className="soft">{t('record.byHand')}</span>
  return (
    <Popover
      trigger="click"
      placement="left"
      destroyOnHidden
      content={
        <div className="origin">
          <Provenance fact={record.id} source={record.source} provenance={record.provenance} />
        </div>
      }
    >
      <button type="button" className="door">
        {t('record.line', { line: record.provenance.line })}
      </button>
    </Popover>
  )
}
