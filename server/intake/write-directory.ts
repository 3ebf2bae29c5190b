import { bringPerson, bringProduct } from '../directory/index.ts'
import type { Tx } from '../platform/database.ts'
import type { Rejection, RowRecord } from './rows.ts'
import { keepSuperseded, unitNotYours } from './superseded.ts'
import type { ReadRow, WriterContext } from './write-rows.ts'

/** Undefined where the file has no such column. */
const textOf = (record: RowRecord, name: string): string | null | undefined =>
  name in record ? ((record[name] ?? null) as string | null) : undefined

export async function writePeople(tx: Tx, rows: ReadRow[], context: WriterContext): Promise<Rejection[]> {
  const rejections: Rejection[] = []
  const replaced: { id: string; version: number; before: unknown }[] = []
  for (const row of rows) {
    const { record, line } = row
    const place = context.places.placeOf(tx, record)
    if (place.foreign) {
      rejections.push(unitNotYours(row))
      continue
    }
    const done = await bringPerson(
      tx,
      {
        name: String(record.name),
        employeeNo: textOf(record, 'employee_no') ?? null,
        unitId: place.unitId,
        duty: textOf(record, 'role'),
        fromOn: textOf(record, 'from'),
        toOn: textOf(record, 'to'),
      },
      { ...context, today: context.places.dayOf(context.now.getTime()) },
    )
    if (done.outcome === 'rejected') {
      const { code, zh, en, column } = done
      rejections.push({ line, column: null, code, value: String(record[column] ?? ''), zh, en })
      continue
    }
    context.counts[done.outcome]++
    if (done.outcome === 'updated') replaced.push({ id: done.id, version: 0, before: done })
  }
  await keepSuperseded(tx, context.batchId, 'person', replaced)
  return rejections
}

export async function writeProducts(tx: Tx, rows: ReadRow[], context: WriterContext): Promise<Rejection[]> {
  const rejections: Rejection[] = []
  const replaced: { id: string; version: number; before: unknown }[] = []
  for (const { record, line } of rows) {
    const done = await bringProduct(
      tx,
      {
        code: String(record.code),
        name: String(record.name ?? record.code),
        category: textOf(record, 'category'),
        launchOn: textOf(record, 'launch_on'),
        growthOn: textOf(record, 'growth_on'),
        maturityOn: textOf(record, 'maturity_on'),
      },
      context,
    )
    if (done.outcome === 'rejected') {
      const { code, zh, en } = done
      rejections.push({ line, column: null, code, value: '', zh, en })
      continue
    }
    context.counts[done.outcome]++
    if (done.outcome === 'updated') replaced.push({ id: done.id, version: 0, before: done })
  }
  await keepSuperseded(tx, context.batchId, 'product', replaced)
  return rejections
}
