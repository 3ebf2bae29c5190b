import { type Field, fields, type Kind } from './fields.ts'
import { itemField } from './item-columns.ts'
import { columnNames, nameKey } from './mapping-names.ts'
import type { Mapping } from './mapping-schema.ts'
import type { Cell, TableRow } from './read/table.ts'
import { parserOf } from './values-field.ts'
import { cellText } from './values-text.ts'

export interface MappingGuess {
  mapping: Mapping
  guesses: { column: string; field: string; confidence: number; why: GuessReason }[]
  /** Columns that resemble no field. */
  unmapped: string[]
}

/** The header is the field's name, its label, a known name of it, or resembles one. */
export type GuessReason = 'name' | 'label' | 'alias' | 'similar'

interface Candidate {
  index: number
  field: Field
  confidence: number
  why: GuessReason
}

const LEAST = 0.5

/** A mapping as far as headers and values suggest one: each field goes to the column that fits it best. */
export function guessMapping(kind: Kind, header: string[], sampleRows: TableRow[]): MappingGuess {
  const names = columnNames(header)
  const candidates = header.flatMap((name, index) => candidatesOf(kind, name, index, sampleRows))
  const taken = new Map<number, Candidate>()
  for (const candidate of candidates.toSorted((a, b) => b.confidence - a.confidence || a.index - b.index)) {
    const known = [...taken.values()].some(({ field }) => field === candidate.field)
    if (!known && !taken.has(candidate.index)) taken.set(candidate.index, candidate)
  }
  const chosen = [...taken.values()].toSorted((a, b) => a.index - b.index)
  const columns: Mapping['columns'] = Object.create(null)
  for (const { index, field } of chosen) columns[names[index]!] = field.name
  const mapping: Mapping = { columns }
  const activity = chosen.find(({ field }) => kind === 'events' && field.name === 'activity')
  if (activity) mapping.activities = guessActivities(sampleRows, activity.index)
  return {
    mapping,
    guesses: chosen.map(({ index, field, confidence, why }) => ({
      column: names[index]!,
      field: field.name,
      confidence: Math.round(confidence * 100) / 100,
      why,
    })),
    unmapped: names.filter((name, index) => !taken.has(index) && !itemField(kind, name)),
  }
}

function candidatesOf(kind: Kind, name: string, index: number, rows: TableRow[]): Candidate[] {
  const key = nameKey(name)
  // An item of an inspection form is known by its header and goes to no field of the list.
  if (key === '' || itemField(kind, name)) return []
  const values = rows.map(({ cells }) => cells[index] ?? null).filter((cell) => cell !== null && cell !== '')
  return fields[kind].flatMap((field) => {
    const match = matchName(key, field)
    if (!match) return []
    // A column that is always blank gives way to one of a humbler name.
    const blank = rows.length > 0 && values.length === 0
    const confidence = match.confidence * (blank ? 0.6 : valueFit(field, values))
    return confidence >= LEAST ? [{ index, field, confidence, why: match.why }] : []
  })
}

function matchName(key: string, field: Field): { confidence: number; why: GuessReason } | null {
  if (key === nameKey(field.name)) return { confidence: 1, why: 'name' }
  if (key === nameKey(field.zh) || key === nameKey(field.en)) return { confidence: 0.98, why: 'label' }
  const alias = field.aliases.findIndex((known) => nameKey(known) === key)
  if (alias >= 0) return { confidence: 0.9 - alias * 0.001, why: 'alias' }
  const likeness = Math.max(
    ...[field.name, field.zh, field.en, ...field.aliases].map((known) => likenessOf(key, nameKey(known))),
  )
  return likeness > 0 ? { confidence: 0.5 + likeness * 0.3, why: 'similar' } : null
}

/** How much of the longer name the shorter one is, when it stands in it and is no mere letter or two. */
function likenessOf(a: string, b: string): number {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  const least = /[^\x20-\x7e]/.test(short) ? 2 : 5
  return short.length >= least && long.includes(short) ? short.length / long.length : 0
}

/** 1 where the values are what the field takes, down to 0.3 where none of them is. */
function valueFit(field: Field, values: Cell[]): number {
  if (values.length === 0 || field.type === 'text' || field.type === 'category' || field.words === 'channel')
    return 1
  const parse = parserOf(field, { zone: 'UTC', now: Date.now(), guess: ['dmy', 'mdy', 'ymd'] })
  const seen = values.slice(0, 200)
  // A word we do not know is a matter of its meaning, not a sign of the wrong column.
  const least = field.type === 'enum' ? 0.7 : 0.3
  const good = seen.filter((cell) => !('fault' in parse(cell))).length / seen.length
  return least + (1 - least) * good
}

type Activities = NonNullable<Mapping['activities']>

/** The commonest words for what happens to a case; anything else stays a plain event. */
function guessActivities(rows: TableRow[], index: number): Activities {
  const activities: Activities = Object.create(null)
  for (const { cells } of rows) {
    const name = cellText(cells[index] ?? null)
    const meaning = activityWords.find(([pattern]) => pattern.test(name))?.[1]
    if (meaning && name.length < 80) activities[name] = meaning
  }
  return activities
}

const activityWords: [RegExp, Activities[string]][] = [
  [/re-?open|重新打开|重开|返修/i, 'reopened'],
  [/^resume|恢复计时|继续处理|(?:解除|取消)(?:挂起|暂停)/i, 'resumed'],
  [/^paused?$|on hold|挂起|暂停/i, 'paused'],
  [/take in charge|respond|first (?:reply|response)|响应|接单|首次回复/i, 'responded'],
  [/^resolve|^solved?\b|resolved|解决|办结|完工/i, 'resolved'],
  [/^closed?$|close ticket|关闭|结案|结单/i, 'closed'],
  [/confirm|确认/i, 'confirmed'],
  [/in progress|start(?:ed)? work|开始处理|处理中|启动/i, 'started'],
  [
    /^(?:(?:ticket |case |issue )?(?:created?|opened|received|registered)|insert ticket|open)$|受理|创建|报修|登记|建单/i,
    'received',
  ],
]
