import type { Dice } from './dice.ts'
import type { DemoOrder } from './orders.ts'

type Row = Record<string, string>

const hour = 3_600_000

/**
 * Who was asked: all who answered, and half of the other confirmed orders. Most surveys go out within hours of the
 * confirmation, some too late; an answer comes after its invitation.
 */
export function invitationRows(
  chance: Dice,
  orders: readonly DemoOrder[],
  rows: readonly Row[],
  answeredMs: ReadonlyMap<DemoOrder, number>,
  wall: (ms: number | null) => string,
  now: number,
): Row[] {
  const invitations: Row[] = []
  orders.forEach((order, i) => {
    const {
      external_id = '',
      confirmed_at = '',
      unit = '',
      agent = '',
      product = '',
      customer = '',
    } = rows[i] ?? {}
    const delay = chance.next() < 0.08 ? chance.between(25, 60) : chance.between(0.1, 6)
    const wanted = chance.next() < 0.55
    const channel = chance.pick(channels)
    const submitted = answeredMs.get(order)
    if (order.resolvedMs === null || (submitted === undefined && !(wanted && confirmed_at !== ''))) return
    const after = order.resolvedMs + confirmedAfterMs
    // Those who answered before a late invitation would have come were asked at once.
    const late = after + Math.round(delay * 60) * 60_000
    const sent = submitted !== undefined && late > submitted ? Math.min(after, submitted) : late
    if (sent > now) return
    invitations.push({
      external_id: `DEMO-Y${String(invitations.length + 1).padStart(4, '0')}`,
      work_order: external_id,
      customer,
      channel,
      round: '1',
      sent_at: wall(sent),
      unit,
      agent,
      product,
    })
  })
  return invitations
}

/** The customer confirms an hour after the solution. */
export const confirmedAfterMs = hour

const channels = ['短信', '短信', '微信', '邮件'] as const
