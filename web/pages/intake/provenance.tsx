import { useQuery } from '@tanstack/react-query'
import { readRawRecord } from '../../../contract/intake.ts'
import { call } from '../../call.ts'
import { Facts } from '../../ui/facts.tsx'
import { Grid } from '../../ui/grid.tsx'
import { Failure, Loading } from '../../ui/states.tsx'
import { useWords } from '../../words.ts'
import './provenance.css'

interface Props {
  fact: string
  source: string
  provenance: { batchId: string; line: number } | null
}

/** File, line and the values as they came; personal ones are masked by the server. */
export function Provenance({ fact, source, provenance }: Props) {
  const { t } = useWords()
  const raw = useQuery({
    queryKey: ['raw', fact, provenance],
    queryFn: ({ signal }) =>
      call(readRawRecord, {
        params: { id: provenance?.batchId ?? '', line: provenance?.line ?? 0 },
        query: { fact },
        signal,
      }),
    enabled: provenance !== null,
  })
  if (provenance === null) return <p>{t('provenance.byHand')}</p>
  if (raw.error) return <Failure error={raw.error} onRetry={() => void raw.refetch()} />
  if (!raw.data) return <Loading />
  return (
    <>
      <Facts
        items={[
          [t('provenance.source'), source],
          [t('provenance.file'), raw.data.fileName],
          [t('provenance.line'), raw.data.line],
          [
            t('provenance.fingerprint'),
            <code key="hash" className="as-is">
              {raw.data.fileHash}
            </code>,
          ],
        ]}
      />
      <Grid
        caption={t('provenance.raw')}
        columns={[
          { key: 'column', title: t('provenance.column'), cell: ({ column }) => <b>{column}</b> },
          {
            key: 'value',
            wrap: true,
            title: t('provenance.asItCame'),
            cell: ({ value }) => value && <span className="as-is">{value}</span>,
          },
          ...(raw.data.correctedBy === null
            ? []
            : [
                {
                  key: 'mended',
                  wrap: true,
                  title: t('provenance.mendedBy', { name: raw.data.correctedBy }),
                  cell: ({ corrected }: { corrected: string | null }) =>
                    corrected !== null && <span className="as-is">{corrected || t('provenance.blank')}</span>,
                },
              ]),
          {
            key: 'masked',
            title: '',
            cell: ({ masked }) => (masked ? <span className="tag">{t('provenance.masked')}</span> : ''),
          },
        ]}
        rows={raw.data.cells.map((cell, i) => ({ ...cell, i }))}
        keyOf={({ i }) => String(i)}
      />
    </>
  )
}
