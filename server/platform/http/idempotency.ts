import type { Tx } from '../database.ts'
import { Refusal } from '../refusal.ts'
import { sql } from '../sql.ts'

/**
 * The answer an earlier request with this key got; undefined for the first, which thereby takes the key.
 * A second request that runs at the same time waits for the first one's commit.
 */
export async function answered(
  tx: Tx,
  userId: string,
  key: string,
  hash: Buffer,
  now: Date,
): Promise<{ body: unknown } | undefined> {
  if (key.length > 200)
    throw new Refusal('idempotency_key_long', 400, {
      zh: 'Idempotency-Key 最长 200 个字符。',
      en: 'An Idempotency-Key has at most 200 characters.',
    })
  const taken = await tx.run(sql`
    insert into platform.idempotency_key (organization_id, user_id, key, request_hash, created_at)
    values (${tx.organizationId}, ${userId}, ${key}, ${hash}, ${now}) on conflict do nothing`)
  if (taken === 1) return undefined
  const earlier = await tx.one<{ request_hash: Buffer; body: unknown }>(sql`
    select request_hash, body from platform.idempotency_key
    where organization_id = ${tx.organizationId} and user_id = ${userId} and key = ${key}`)
  if (!earlier?.request_hash.equals(hash))
    throw new Refusal('idempotency_key_reused', 422, {
      zh: '该 Idempotency-Key 已用于内容不同的请求。',
      en: 'This Idempotency-Key was used for a different request.',
    })
  return { body: earlier.body }
}

/** A request repeated after this long is taken for a new one. */
export async function forgetAnswers(tx: Tx, before: Date): Promise<void> {
  await tx.run(sql`
    delete from platform.idempotency_key
    where organization_id = ${tx.organizationId} and created_at <= ${before}`)
}

export async function keepAnswer(tx: Tx, userId: string, key: string, body: unknown): Promise<void> {
  await tx.run(sql`
    update platform.idempotency_key set body = ${JSON.stringify(body)}
    where organization_id = ${tx.organizationId} and user_id = ${userId} and key = ${key}`)
}
