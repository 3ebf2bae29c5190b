/** Which columns of a table are shown, in which order, and how many of them stay at the left while the rest scrolls. */
export interface Shape {
  columns: string[]
  pinned: number
}

/** As in the address: `externalId.customer.product`, and the number pinned where it is not one. */
export function printShape(shape: Shape, usual: Shape): { cols?: string; pin?: string } {
  const cols = shape.columns.join('.')
  return {
    ...(cols !== usual.columns.join('.') && { cols }),
    ...(shape.pinned !== usual.pinned && { pin: String(shape.pinned) }),
  }
}

/** Unknown columns are dropped; without any that is known, the usual ones are shown. */
export function parseShape(
  given: { cols?: string | undefined; pin?: string | undefined },
  known: readonly string[],
  usual: Shape,
): Shape {
  const wanted = [...new Set((given.cols ?? '').split('.'))].filter((key) => known.includes(key))
  const columns = wanted.length > 0 ? wanted : usual.columns
  const pinned = /^\d$/.test(given.pin ?? '') ? Number(given.pin) : usual.pinned
  return { columns, pinned: Math.min(pinned, columns.length) }
}

export function shown(shape: Shape, key: string, show: boolean): Shape {
  const at = shape.columns.indexOf(key)
  if (show === at >= 0) return shape
  if (show) return { ...shape, columns: [...shape.columns, key] }
  // The last column stays: a table of none shows nothing to bring them back with.
  if (shape.columns.length === 1) return shape
  return {
    columns: shape.columns.filter((one) => one !== key),
    pinned: at < shape.pinned ? shape.pinned - 1 : shape.pinned,
  }
}

export function stepped(shape: Shape, key: string, step: 1 | -1): Shape {
  const at = shape.columns.indexOf(key)
  const to = at + step
  if (at < 0 || to < 0 || to >= shape.columns.length) return shape
  return { ...shape, columns: shape.columns.with(at, shape.columns[to] ?? key).with(to, key) }
}

/** Pinned columns stand together at the left: pinning moves a column to their end, unpinning behind them. */
export function pinnedTo(shape: Shape, key: string, pin: boolean): Shape {
  const rest = shape.columns.filter((one) => one !== key)
  const held = shape.columns.indexOf(key) < shape.pinned
  if (pin === held) return shape
  const at = pin ? shape.pinned : shape.pinned - 1
  return { columns: rest.toSpliced(at, 0, key), pinned: shape.pinned + (pin ? 1 : -1) }
}
