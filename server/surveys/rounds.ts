import type { Zone } from '../platform/time.ts'

/** An invitation as sent; instants are epoch ms. */
export interface Sent {
  id: string
  externalId: string
  round: number
  sentAt: number
  /** When it was answered, as the source of the invitation says. */
  givenAt: number | null
  excluded: boolean
}

/** A response that names the order, or an invitation by its number. */
export interface Answer {
  invitation: string | null
  submittedAt: number
}

export interface Asked {
  submittedAt: number | null
  reminder: boolean
}

/**
 * What became of the invitations about one order. A round is one invitation, however often it was sent: the first counts,
 * the others remind of it. A response answers the round it names, else the latest one sent by then; of several answers the
 * first stands. One submitted before anything was sent answers nothing. What counts in no figure takes no part, but says
 * what its source says of it.
 */
export function askedOf(
  invitations: readonly Sent[],
  answers: readonly Answer[],
  zone: Zone,
): Map<string, Asked> {
  const given = ({ givenAt, sentAt }: Sent) =>
    givenAt !== null && isAfter(givenAt, sentAt, zone) ? givenAt : null
  const asked = new Map<string, Asked>(
    invitations.map((one) => [one.id, { submittedAt: given(one), reminder: false }]),
  )
  const counted = invitations.filter(({ excluded }) => !excluded).sort(inOrder)
  // In the order in which they began.
  const rounds = [...Map.groupBy(counted, ({ round }) => round).values()]
  const submitted = rounds.map((sent) => sent.map(given).filter((at) => at !== null))
  for (const { invitation, submittedAt } of answers) {
    const named = rounds.findIndex((sent) => sent.some(({ externalId }) => externalId === invitation))
    const last = rounds.findLastIndex(([first]) => first && isAfter(submittedAt, first.sentAt, zone))
    submitted[named === -1 ? last : named]?.push(submittedAt)
  }
  rounds.forEach((sent, i) => {
    const first = submitted[i]!.reduce<number | null>((a, b) => (a === null ? b : Math.min(a, b)), null)
    sent.forEach(({ id }, j) => {
      asked.set(id, j === 0 ? { submittedAt: first, reminder: false } : { submittedAt: null, reminder: true })
    })
  })
  return asked
}

const inOrder = (a: Sent, b: Sent): number => a.sentAt - b.sentAt || (a.id < b.id ? -1 : 1)

/** Answered before it was sent is a fault in the data, told at import; a day without a time of day may be the same day. */
const isAfter = (at: number, sentAt: number, zone: Zone): boolean =>
  at >= sentAt || at === zone.dayStartMs(zone.localDay(sentAt))
