import type { Tx } from '../platform/database.ts'
import { newId } from '../platform/ids.ts'
import { ownText } from '../platform/own-text.ts'
import type { Secrets } from '../platform/secrets.ts'
import { sql } from '../platform/sql.ts'
import { maskName } from './masking.ts'

export const customerKey = (name: string): string => name.trim().normalize('NFKC').toLowerCase()

/** The last code given in a transaction; from the first one on, nobody else gives codes until it ends. */
const lastCodes = new WeakMap<Tx, number>()

/** Ids of customers by name, matched by a keyed hash; who they are is written encrypted, once. */
export async function resolveCustomers(
  tx: Tx,
  secrets: Secrets,
  known: Map<string, string>,
  customers: { name: string; contact: string | null }[],
  options: { batchId: string | null; now: Date; demo: boolean },
): Promise<void> {
  const fresh = new Map<string, { name: string; contact: string | null; hash: Buffer }>()
  for (const customer of customers) {
    const key = customerKey(customer.name)
    if (known.has(key)) continue
    const earlier = fresh.get(key)
    if (earlier) earlier.contact ??= customer.contact
    else fresh.set(ownText(key), { ...customer, hash: secrets.hash(`${tx.organizationId} ${key}`) })
  }
  if (fresh.size === 0) return
  const keys = new Map([...fresh].map(([key, { hash }]) => [hash.toString('hex'), key]))
  const find = async () => {
    const rows = await tx.rows<{ customer_id: string; name_hash: Buffer }>(sql`
      select i.customer_id, i.name_hash
      from unnest(${[...fresh.values()].map((one) => one.hash)}::bytea[]) as wanted (hash)
      cross join lateral (
        select customer_id, name_hash from directory.customer_identity
        where organization_id = ${tx.organizationId} and name_hash = wanted.hash offset 0
      ) i`)
    for (const row of rows) known.set(keys.get(row.name_hash.toString('hex')) ?? '', row.customer_id)
  }
  await find()
  if ([...fresh.keys()].every((key) => known.has(key))) return
  let last = lastCodes.get(tx)
  if (last === undefined) {
    await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`customer:${tx.organizationId}`}, 0))`)
    last = await lastCode(tx)
    // Whoever held the lock before may have met the same people.
    await find()
  }
  const missing = [...fresh].filter(([key]) => !known.has(key))
  const first = last + 1
  lastCodes.set(tx, last + missing.length)
  if (missing.length === 0) return
  const made = missing.map(([key, { name, contact, hash }], i) => ({
    key,
    id: newId(),
    code: `C${String(first + i).padStart(6, '0')}`,
    hash,
    name: secrets.encrypt(Buffer.from(name.trim()), tx.organizationId),
    contact: contact === null ? null : secrets.encrypt(Buffer.from(contact), tx.organizationId),
  }))
  await tx.run(sql`
    insert into directory.customer (organization_id, id, code, demo, batch_id, created_at)
    select ${tx.organizationId}::uuid, id, code, ${options.demo}, ${options.batchId}::uuid, ${options.now}
    from unnest(${made.map((one) => one.id)}::uuid[], ${made.map((one) => one.code)}::text[]) as new (id, code)`)
  await tx.run(sql`select platform.count_anew('directory.customer')`)
  await tx.run(sql`
    insert into directory.customer_identity (organization_id, customer_id, name_hash, name_cipher, contact_cipher)
    select ${tx.organizationId}::uuid, id, hash, name, contact
    from unnest(${made.map((one) => one.id)}::uuid[], ${made.map((one) => one.hash)}::bytea[],
      ${made.map((one) => one.name)}::bytea[], ${made.map((one) => one.contact)}::bytea[]) as new (id, hash, name, contact)`)
  await tx.run(sql`select platform.count_anew('directory.customer_identity')`)
  for (const { key, id } of made) known.set(key, id)
}

async function lastCode(tx: Tx): Promise<number> {
  const row = await tx.one<{ n: number }>(sql`
    select coalesce(max(substr(code, 2)::int), 0) as n from directory.customer where organization_id = ${tx.organizationId}`)
  return row?.n ?? 0
}

/** How a customer is shown: by code, with the masked name beside it. */
export const describeCustomer = (
  secrets: Secrets,
  organizationId: string,
  row: { code: string; name_cipher: Buffer | null },
): { code: string; masked: string } => ({
  code: row.code,
  masked: row.name_cipher ? maskName(secrets.decrypt(row.name_cipher, organizationId).toString()) : '',
})
