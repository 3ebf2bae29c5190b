import { civilDay, DAY_MS } from '../platform/time.ts'
import { DAYS_BEFORE_1970, daysOfMonth, fullYear, type Written } from './values-clock.ts'
import { halfWidth } from './values-text.ts'

/** A format of our mapping files: `yyyy/M/d H:mm:ss`, `dd-MM-yy HH:mm`, `yyyy-MM-dd'T'HH:mm:ssXXX`, or `excel`, `epoch_s`, `epoch_ms`. */
interface Token {
  letter: string
  size: number
  literal: string
}

/** Reads a text by an explicit format; null where it does not fit. Throws RangeError for a format it cannot use. */
export function readByFormat(written: string, format: string, lastYear: number): Written | null {
  const text = halfWidth(written).trim()
  if (format === 'excel' || format === 'epoch_s' || format === 'epoch_ms') return readCount(text, format)
  return readTokens(text, tokensOf(format), lastYear)
}

/** Why a format cannot be used, in words for its writer, or null. */
export function formatFault(format: string): string | null {
  if (format === 'excel' || format === 'epoch_s' || format === 'epoch_ms') return null
  try {
    const letters = tokensOf(format).map(({ letter }) => letter)
    const missing = ['y', 'M', 'd'].filter((letter) => !letters.includes(letter))
    return missing.length > 0 ? missing.join(', ') : null
  } catch (error) {
    return error instanceof RangeError ? error.message : String(error)
  }
}

function readCount(text: string, format: string): Written | null {
  if (!/^\d+(?:\.\d+)?$/.test(text)) return null
  const count = Number(text)
  if (format === 'excel') {
    return {
      localMs: Math.round((count - DAYS_BEFORE_1970) * DAY_MS),
      dateOnly: count % 1 === 0,
      offsetMs: null,
    }
  }
  return { localMs: Math.round(format === 'epoch_s' ? count * 1000 : count), dateOnly: false, offsetMs: 0 }
}

const compiled = new Map<string, Token[]>()

function tokensOf(format: string): Token[] {
  const known = compiled.get(format)
  if (known) return known
  const tokens: Token[] = []
  for (const [part, quoted, letters] of format.matchAll(/'([^']*)'|([A-Za-z])\2*|./gsu)) {
    if (letters === undefined) tokens.push({ letter: '', size: 0, literal: quoted ?? part })
    else tokens.push(tokenOf(letters, part.length))
  }
  compiled.set(format, tokens)
  return tokens
}

function tokenOf(letter: string, size: number): Token {
  // YYYY and DD are how half the world writes these two.
  const meant = letter === 'Y' ? 'y' : letter === 'D' ? 'd' : letter === 'x' || letter === 'Z' ? 'X' : letter
  if (meant === 'T') return { letter: '', size: 0, literal: 'T'.repeat(size) }
  if (!'yMdHhmsSaXE'.includes(meant)) throw new RangeError(letter)
  return { letter: meant, size, literal: '' }
}

interface Found {
  y: number
  M: number
  d: number
  H: number
  m: number
  s: number
  S: number
  half: 'am' | 'pm' | null
  offsetMs: number | null
}

function readTokens(text: string, tokens: Token[], lastYear: number): Written | null {
  const found: Found = { y: Number.NaN, M: 1, d: 1, H: 0, m: 0, s: 0, S: 0, half: null, offsetMs: null }
  let at = 0
  for (const [index, token] of tokens.entries()) {
    const glued = (tokens[index + 1]?.letter ?? '') !== ''
    const end =
      token.letter === ''
        ? skipLiteral(text, at, token.literal)
        : readToken(text, at, token, glued, found, lastYear)
    if (end < 0) return null
    at = end
  }
  if (at !== text.length) return null
  return assemble(
    found,
    tokens.some(({ letter }) => letter === 'H' || letter === 'h'),
  )
}

function skipLiteral(text: string, at: number, literal: string): number {
  if (literal.trim() !== '') return text.startsWith(literal, at) ? at + literal.length : -1
  let end = at
  while (/\s/.test(text[end] ?? '')) end++
  return end > at ? end : -1
}

function readToken(
  text: string,
  at: number,
  { letter, size }: Token,
  glued: boolean,
  found: Found,
  lastYear: number,
): number {
  if (letter !== 'a' && letter !== 'X' && letter !== 'E' && !(letter === 'M' && size > 2)) {
    return readNumber(text, at, letter, size, glued, found, lastYear)
  }
  const rest = text.slice(at)
  if (letter === 'a') {
    const word = /^(?:([aApP])\.?[mM]\.?|上午|下午)/.exec(rest)
    if (!word) return -1
    found.half = word[0] === '下午' || word[1]?.toLowerCase() === 'p' ? 'pm' : 'am'
    return at + word[0].length
  }
  if (letter === 'X') {
    const word = /^(?:Z|(?:UTC|GMT)?([+-])(\d{1,2}):?(\d\d)?)/i.exec(rest)
    if (!word) return -1
    const size = (Number(word[2] ?? 0) * 60 + Number(word[3] ?? 0)) * 60_000
    found.offsetMs = word[1] === '-' ? -size : size
    return at + word[0].length
  }
  if (letter === 'E') {
    const word = /^(?:[A-Za-z]+|(?:星期|周)[一二三四五六日天])/.exec(rest)
    return word ? at + word[0].length : -1
  }
  const word = /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*/i.exec(rest)
  if (!word) return -1
  found.M = 1 + months.indexOf((word[1] ?? '').toLowerCase())
  return at + word[0].length
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** Where nothing separates two numbers, each has exactly its size; else one or two digits will do. */
function readNumber(
  text: string,
  at: number,
  letter: string,
  size: number,
  glued: boolean,
  found: Found,
  lastYear: number,
): number {
  const most = letter === 'S' ? 9 : letter === 'y' ? (size > 2 ? 4 : 2) : 2
  const exact = letter === 'y' ? most : glued ? size : 0
  let number = 0
  let digits = 0
  for (; digits < (exact || most); digits++) {
    const digit = text.charCodeAt(at + digits) - 48
    if (!(digit >= 0 && digit <= 9)) break
    number = number * 10 + digit
  }
  if (digits === 0 || digits < exact) return -1
  if (letter === 'y') found.y = most === 2 ? fullYear(number, { lastYear }) : number
  else if (letter === 'S') found.S = Math.round((number / 10 ** digits) * 1000)
  else if (letter === 'H' || letter === 'h') found.H = number
  else if (letter === 'M' || letter === 'd' || letter === 'm' || letter === 's') found[letter] = number
  return at + digits
}

function assemble(found: Found, hasTime: boolean): Written | null {
  const { y, M, d, m, s, S, half, offsetMs } = found
  const hour = half === null ? found.H : (found.H % 12) + (half === 'pm' ? 12 : 0)
  if (!(y >= 1) || M < 1 || M > 12 || d < 1 || d > daysOfMonth(y, M)) return null
  if (hour > 24 || m > 59 || s > 59 || (half !== null && found.H > 12)) return null
  const ms = ((hour * 60 + m) * 60 + s) * 1000 + S
  if (ms > DAY_MS) return null
  return { localMs: civilDay(y, M, d) * DAY_MS + ms, dateOnly: !hasTime, offsetMs }
}
