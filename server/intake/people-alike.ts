import type { Tx } from '../platform/database.ts'
import { sql } from '../platform/sql.ts'

export interface Stranger {
  name: string
  rows: number
  /** Who is meant, most likely first. */
  alike: { name: string; employeeNo: string | null; unit: string | null }[]
}

type Known = Stranger['alike'][number]

const mostNames = 200
const mostPeople = 5000

/**
 * For each name nobody has: the people whose name sounds, is spelt or is written like it. Called in the import that made
 * people of these names, which are left out.
 */
export async function strangersIn(tx: Tx, names: Map<string, number>, now: Date): Promise<Stranger[]> {
  if (names.size === 0) return []
  const people = await tx.rows<Known>(sql`
    select p.name, p.employee_no as "employeeNo", u.name as unit from directory.person p
    join directory.unit u on u.organization_id = p.organization_id and u.id = p.unit_id
    where p.organization_id = ${tx.organizationId} and p.unit_id = any(${tx.unitIds}::uuid[])
      and (p.ended_on is null or p.ended_on > ${now.toISOString().slice(0, 10)}::date)
      and not p.name = any(${[...names.keys()]})
    order by p.name limit ${mostPeople}`)
  // Loaded only here: its dictionary costs what a whole import does.
  const { pinyin } = await import('pinyin-pro')
  const spelt = (name: string): string[] =>
    pinyin(name, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true }).map((syllable) =>
      syllable.toLowerCase(),
    )
  const known = people.map((person) => ({ person, ...soundOf(person.name, spelt) }))
  // Two spellings in one file may be one person: the rarer or the Latin one is then likely the other.
  const others = [...names].slice(0, mostNames).map(([name, rows]) => ({
    person: { name, employeeNo: null, unit: null },
    rows,
    ...soundOf(name, spelt),
  }))
  return others.map(({ person: { name }, rows, ...sound }) => {
    const better = others.filter((one) =>
      sound.latin === one.latin
        ? one.rows > rows || (one.rows === rows && one.person.name < name)
        : sound.latin,
    )
    const alike = [...known, ...better]
      .map((one) => ({ person: one.person, likeness: likeness(sound, one) }))
      .filter((one) => one.likeness > 0)
      .toSorted((a, b) => b.likeness - a.likeness)
    return { name, rows, alike: alike.slice(0, 3).map(({ person }) => person) }
  })
}

interface Sound {
  /** Width, case and spaces make no difference. */
  plain: string
  /** `zhangsan`, and with the family name last `sanzhang`. */
  spelt: string
  turned: string
  initials: string
  latin: boolean
}

function soundOf(name: string, spelt: (name: string) => string[]): Sound {
  const plain = name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s.·・_-]+/g, '')
  const latin = /^[a-z0-9]+$/.test(plain)
  const syllables = latin ? [plain] : spelt(plain)
  return {
    plain,
    spelt: syllables.join(''),
    turned: [...syllables.slice(1), syllables[0] ?? ''].join(''),
    initials: syllables.map((syllable) => syllable[0] ?? '').join(''),
    latin,
  }
}

function likeness(a: Sound, b: Sound): number {
  if (a.plain === b.plain) return 1
  if (a.latin !== b.latin) {
    const [latin, han] = a.latin ? [a, b] : [b, a]
    if (latin.plain === han.spelt || latin.plain === han.turned) return 0.95
    return latin.plain.length >= 2 && latin.plain === han.initials ? 0.6 : 0
  }
  // 章三 for 张三: written otherwise, said alike.
  if (!a.latin && a.spelt === b.spelt) return 0.9
  if (a.plain.length >= 3 && oneApart(a.plain, b.plain)) return 0.7
  return a.plain.length >= 2 &&
    b.plain.length >= 2 &&
    (a.plain.includes(b.plain) || b.plain.includes(a.plain))
    ? 0.5
    : 0
}

/** One character wrong, missing or too many. */
function oneApart(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (long.length - short.length > 1) return false
  let i = 0
  while (i < short.length && short[i] === long[i]) i++
  return short.slice(short.length === long.length ? i + 1 : i) === long.slice(i + 1)
}
