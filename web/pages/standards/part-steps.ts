/** A value two and two fifths of a step past the target, and its points by the three readings of the part step. */
export interface Example {
  value: string
  over: string
  whole: string
  linear: string
  started: string
}

const scale = 1_000_000n

/** Exact in millionths; undefined while a number is still being typed. */
export function exampleOf(
  target: { operator: '<=' | '>='; value: string },
  rule: { points: string; per: string },
): Example | undefined {
  const [goal, per, points] = [millionths(target.value), millionths(rule.per), millionths(rule.points)]
  if (goal === undefined || per === undefined || points === undefined || per <= 0n || points <= 0n)
    return undefined
  const over = (per * 24n) / 10n
  const value = target.operator === '<=' ? goal + over : goal - over
  const left = (tenths: bigint) => {
    const score = 10n * scale - (points * tenths) / 10n
    return decimal(score > 0n ? score : 0n)
  }
  return {
    value: decimal(value),
    over: decimal(over),
    whole: left(20n),
    linear: left(24n),
    started: left(30n),
  }
}

function millionths(text: string): bigint | undefined {
  const found = /^(-?)(\d{1,9})(?:\.(\d{1,6}))?$/.exec(text)
  if (!found) return undefined
  const size = BigInt(found[2]!) * scale + BigInt((found[3] ?? '').padEnd(6, '0'))
  return found[1] ? -size : size
}

function decimal(amount: bigint): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(7, '0')
  const part = digits.slice(-6).replace(/0+$/, '')
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -6)}${part && `.${part}`}`
}
