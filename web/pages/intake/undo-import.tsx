import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { type Batch, foreseeUndo, undoImport } from '../../../contract/intake.ts'
import { call } from '../../call.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { Grid } from '../../ui/grid.tsx'
import { Detail, Loading } from '../../ui/states.tsx'
import { useNumbers } from '../../ui/use-numbers.ts'
import { useWords } from '../../words.ts'

interface Props {
  batch: Batch
  onUndone: (batch: Batch) => void
}

/** Takes an import back, after saying what would go, what would return, and what stays because it changed since. */
export function UndoImport({ batch, onUndone }: Props) {
  const { t, label } = useWords()
  const { count, stamp } = useNumbers()
  const [asking, setAsking] = useState(false)
  const params = { id: batch.id }
  const foreseen = useQuery({
    queryKey: ['undo', batch.id],
    queryFn: ({ signal }) => call(foreseeUndo, { params, signal }),
    enabled: asking,
    gcTime: 0,
  })
  const undoing = useMutation({
    mutationFn: () => call(undoImport, { params }),
    onSuccess: (after) => {
      setAsking(false)
      onUndone(after)
    },
  })
  const what = foreseen.data
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('import.undo')}</Button>
      {asking && (
        <Dialog title={t('import.undoQuestion')} place="middle" onClose={() => setAsking(false)}>
          <div className="stack">
            {!what && !foreseen.error && <Loading rows={3} />}
            {(foreseen.error ?? undoing.error) && <Detail error={foreseen.error ?? undoing.error} />}
            {what && (
              <>
                <p>
                  {t('import.undoWhat', { removed: count(what.removed), restored: count(what.restored) })}
                </p>
                {what.kept > 0 && (
                  <>
                    <p>{t('import.undoKeeps', { n: count(what.kept) })}</p>
                    <Grid
                      caption={t('import.undoKeeps', { n: count(what.kept) })}
                      rows={what.keptRecords}
                      keyOf={({ kind, externalId }) => `${kind} ${externalId}`}
                      columns={[
                        { key: 'kind', title: t('import.kind'), cell: ({ kind }) => label('factKind', kind) },
                        { key: 'number', title: t('field.external_id'), cell: (one) => one.externalId },
                        { key: 'by', title: t('import.why'), cell: ({ by }) => label('importKept', by) },
                      ]}
                    />
                  </>
                )}
                <p className="soft small">{t('import.undoUntil', { at: stamp(what.until) })}</p>
              </>
            )}
            <div className="row dialog-foot">
              <Button onClick={() => setAsking(false)}>{t('action.cancel')}</Button>
              <Button
                type="primary"
                disabled={!what}
                loading={undoing.isPending}
                onClick={() => undoing.mutate()}
              >
                {t('import.undo')}
              </Button>
            </div>
          </div>
        </Dialog>
      )}
    </>
  )
}
