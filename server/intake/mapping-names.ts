/** How the columns of a header are called in a mapping: `name`, the second of that name `name#2`, a blank one by its place `#3`. */
export function columnNames(header: string[]): string[] {
  const seen = new Map<string, number>()
  const taken = new Set(header)
  return header.map((text, index) => {
    const name = text.trim()
    if (name === '') return `#${index + 1}`
    let count = (seen.get(name) ?? 0) + 1
    seen.set(name, count)
    if (count === 1) return name
    // A header that already writes out name#2 keeps it.
    while (taken.has(`${name}#${count}`)) count++
    return `${name}#${count}`
  })
}

/** How headers are compared: width, case, spaces, marks, a leading number and a unit in brackets make no difference. */
export function nameKey(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/^\s*\d+\s*[.、)]\s*/, '')
    .replace(/\([^()]*\)|\[[^[\]]*\]/g, '')
    .replace(/[\s_\-:：.*#/\\"'“”]+/g, '')
}

/** Up to three names that resemble a word, the nearest first. */
export function closest(word: string, names: readonly string[]): string[] {
  const key = nameKey(word)
  const near = names
    .map((name) => ({ name, distance: distance(key, nameKey(name)) }))
    .filter(
      ({ name, distance }) => distance <= Math.max(2, Math.floor(Math.max(key.length, name.length) / 2)),
    )
  return near
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name)
}

/** Letters to insert, remove or replace; none for a word that contains the other, as far as that goes. */
function distance(a: string, b: string): number {
  if (a.length > 1 && b.length > 1 && (a.includes(b) || b.includes(a))) return 1
  const [from, to] = [a.slice(0, 60), b.slice(0, 60)]
  let row = Array.from({ length: to.length + 1 }, (_, i) => i)
  for (let i = 1; i <= from.length; i++) {
    const next = [i]
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1)
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
