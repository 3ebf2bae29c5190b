import type { Tx } from './database.ts'
import { type FactRow, type FactTable, lockById, rewriteRows } from './fact-table.ts'
import { notFound, Refusal } from './refusal.ts'

/**
 * One record edited by hand: the edit names the version it saw, and is refused when somebody else was quicker. Measuring is
 * told. Returns the record before and after.
 * @throws Refusal changed_meanwhile, with the version that stands
 */
export async function editFact(
  tx: Tx,
  table: FactTable,
  id: string,
  version: number,
  values: FactRow,
  now: Date,
): Promise<{ before: FactRow; after: FactRow }> {
  const [before] = await lockById(tx, table, [id])
  if (!before) throw notFound()
  if (before.version !== version)
    throw new Refusal(
      'changed_meanwhile',
      409,
      {
        zh: '这条记录在您打开之后已被他人修改。请查看当前内容，再决定是否保存您的修改。',
        en: 'The record was changed after you opened it. Look at what stands now, then decide on your changes.',
      },
      { version: before.version },
    )
  const after = { ...before, ...values }
  const why = table.derive(after, before)
  if (why) throw new Refusal(why.code, 400, why)
  after.version = version + 1
  after.changed_at = now.getTime()
  after.edited_at = now.getTime()
  await rewriteRows(tx, table, [{ before, after }], { sink: null, now })
  return { before, after }
}
