import type { Dice } from './dice.ts'

type Row = Record<string, string>

/** What was written in each chat, as who wrote when: a greeting by the machine, then questions and answers. */
export function messageRows(
  chance: Dice,
  contacts: readonly Row[],
  at: (time: string) => number,
  wall: (ms: number | null) => string,
  now: number,
): Row[] {
  const messages: Row[] = []
  for (const { channel, external_id: conversation = '', answered_at, started_at = '', ...chat } of contacts) {
    if (channel !== '在线') continue
    const write = (sender: string, ms: number) => {
      if (ms > now) return
      messages.push({
        external_id: `DEMO-M${String(messages.length + 1).padStart(5, '0')}`,
        conversation,
        sender,
        sent_at: wall(ms),
        agent: sender === '客服' ? (chat.agent ?? '') : '',
        unit: chat.unit ?? '',
        channel,
        work_order: chat.work_order ?? '',
      })
    }
    let ms = at(started_at)
    write('客户', ms)
    write('自动回复', ms + 1000)
    if (!answered_at) continue
    ms = at(answered_at)
    write('客服', ms)
    for (let more = chance.weighted(furtherShares); more > 0; more--) {
      ms += seconds(chance, 15, 90)
      write('客户', ms)
      if (chance.next() < 0.3) write('客户', ms + seconds(chance, 3, 10))
      ms += seconds(chance, 12, 75)
      write('客服', ms)
    }
  }
  return messages
}

const seconds = (chance: Dice, from: number, to: number): number =>
  Math.round(chance.between(from, to)) * 1000

const furtherShares = [
  [0, 20],
  [1, 35],
  [2, 30],
  [3, 15],
] as const
