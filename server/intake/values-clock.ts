import { civilDay, DAY_MS } from '../platform/time.ts'
import { halfWidth } from './values-text.ts'

export type DateOrder = 'ymd' | 'dmy' | 'mdy'

/** A time as written: a wall clock, or an instant where the text carries its own offset. */
export interface Written {
  /** Wall clock as if UTC, or for an epoch count the instant itself. */
  localMs: number
  dateOnly: boolean
  /** The text's own offset from UTC in ms, or null. */
  offsetMs: number | null
}

/** Three numbers whose order the text does not tell: 04-08-15, 5/6/2024. A year has two digits, or four at the end. */
export interface ShortDate {
  a: number
  b: number
  c: number
  firstDigits: number
  lastDigits: number
}

/** How one text is read: which order three bare numbers have, and the last year that two digits may mean. */
export interface Reading {
  order: (date: ShortDate) => DateOrder | null
  lastYear: number
}

// One text is read at a time, so the place of reading need not be passed about: this runs a million times a second.
let text = ''
let at = 0

/** Reads a time of any usual form; null for a text that is none. */
export function readClock(written: string, reading: Reading): Written | null {
  text = halfWidth(written).trim()
  at = 0
  skipWeekday()
  const start = at
  const first = digitsHere(17)
  const count = at - start
  let day: number | null = null
  let glued = false
  if (count === 4) {
    day = yearFirst(first)
    glued = isDigit(text.charCodeAt(at)) && isDigit(text.charCodeAt(at - 1))
  } else if (count === 1 || count === 2) day = shortFirst(first, count, reading)
  else if (count === 0) day = monthNameFirst(reading)
  else return compact(first, count)
  if (day === null) return null
  return withTime(day, glued)
}

/** The numbers of a date whose order is open, or null for any other text. */
export function readShortDate(written: string): ShortDate | null {
  text = written.trim()
  at = 0
  const a = digitsHere(3)
  return at === 1 || at === 2 ? shortNumbers(a, at) : null
}

function yearFirst(year: number): number | null {
  if (!takeSeparator('年')) return null
  skipSpaces()
  const month = isDigit(text.charCodeAt(at)) ? digitsHere(2) : monthName()
  if (!takeSeparator('月')) return null
  skipSpaces()
  const from = at
  const day = digitsHere(2)
  if (at === from) return null
  if (text[at] === '日' || text[at] === '号') at++
  return realDay(year, month, day)
}

function shortFirst(first: number, count: number, reading: Reading): number | null {
  if (text[at] === '年' && count === 2) return yearFirst(fullYear(first, reading))
  const from = at
  if (takeSeparator('') || text[at] === ' ') {
    skipSpaces()
    const month = monthName()
    if (month > 0) {
      takeSeparator('')
      skipSpaces()
      return realDay(yearHere(reading), month, first)
    }
  }
  at = from
  const date = shortNumbers(first, count)
  const order = date && reading.order(date)
  if (!date || !order) return null
  if (order === 'ymd') return realDay(fullYear(date.a, reading), date.b, date.c)
  const year = date.lastDigits === 4 ? date.c : fullYear(date.c, reading)
  return order === 'dmy' ? realDay(year, date.b, date.a) : realDay(year, date.a, date.b)
}

function shortNumbers(a: number, count: number): ShortDate | null {
  const separator = text[at]
  if (separator !== '/' && separator !== '-' && separator !== '.') return null
  at++
  const second = at
  const b = digitsHere(2)
  if (at === second || text[at] !== separator) return null
  at++
  const third = at
  const c = digitsHere(4)
  const digits = at - third
  if (digits === 0 || digits === 3 || isDigit(text.charCodeAt(at))) return null
  return { a, b, c, firstDigits: count, lastDigits: digits }
}

/** `Oct 1, 2024` and `October 1 2024`. */
function monthNameFirst(reading: Reading): number | null {
  const month = monthName()
  if (month === 0) return null
  if (text[at] === '.') at++
  skipSpaces()
  const from = at
  const day = digitsHere(2)
  if (at === from) return null
  if (text[at] === ',') at++
  skipSpaces()
  return realDay(yearHere(reading), month, day)
}

function yearHere(reading: Reading): number {
  const from = at
  const year = digitsHere(4)
  return at - from === 2 ? fullYear(year, reading) : at - from === 4 ? year : Number.NaN
}

export function fullYear(short: number, { lastYear }: { lastYear: number }): number {
  return 2000 + short <= lastYear ? 2000 + short : 1900 + short
}

/** 20241001, 20241001143000, with milliseconds, a count of seconds or milliseconds since 1970, or Excel's days. */
function compact(number: number, count: number): Written | null {
  if (count === 5) return excelDays()
  if (count === 10 || count === 13) {
    if (at < text.length) return null
    return { localMs: count === 10 ? number * 1000 : number, dateOnly: false, offsetMs: 0 }
  }
  if (count !== 8 && count !== 12 && count !== 14 && count !== 17) return null
  const year = Number(text.slice(at - count, at - count + 4))
  const part = (from: number) => Number(text.slice(at - count + from, at - count + from + 2))
  const day = realDay(year, part(4), part(6))
  if (day === null) return null
  if (count === 8) return withTime(day, false)
  if (at < text.length || part(8) > 23 || part(10) > 59 || (count > 12 && part(12) > 59)) return null
  const seconds = part(8) * 3600 + part(10) * 60 + (count > 12 ? part(12) : 0)
  const ms = count === 17 ? Number(text.slice(at - 3, at)) : 0
  return { localMs: day * DAY_MS + seconds * 1000 + ms, dateOnly: false, offsetMs: null }
}

function excelDays(): Written | null {
  if (!/^\d{5}(?:\.\d+)?$/.test(text)) return null
  const days = Number(text)
  return { localMs: Math.round((days - DAYS_BEFORE_1970) * DAY_MS), dateOnly: days % 1 === 0, offsetMs: null }
}

/** Excel's number of 1970-01-01. */
export const DAYS_BEFORE_1970 = 25_569

function withTime(day: number, glued: boolean): Written | null {
  skipBetween()
  const localMs = day * DAY_MS
  if (at === text.length) return { localMs, dateOnly: true, offsetMs: null }
  const half = halfOfDay()
  const from = at
  let hour = digitsHere(2)
  const hourDigits = at - from
  if (hourDigits === 0 || (glued && (hourDigits !== 2 || text[at] !== ':'))) return null
  const seconds = minutesAndSeconds()
  if (seconds === null) return null
  skipSpaces()
  const suffix = half === '' ? halfOfDay() : half
  if (seconds.hourOnly && suffix === '') return null
  hour = hourOfDay(hour, suffix)
  if (!(hour <= 23) && !(hour === 24 && seconds.ms === 0)) return null
  const offsetMs = at === text.length ? null : offsetHere()
  if (at < text.length) return null
  return { localMs: localMs + hour * 3_600_000 + seconds.ms, dateOnly: false, offsetMs }
}

/** What stands between the date and the time: spaces, a comma, a T, a day of the week. */
function skipBetween(): void {
  skipSpaces()
  if (text[at] === ',') at++
  if ((text[at] === 'T' || text[at] === 't') && isDigit(text.charCodeAt(at + 1))) at++
  skipSpaces()
  skipWeekday()
}

/** `:30:15.250`, `时30分15秒`, `点`; null when it is neither. */
function minutesAndSeconds(): { ms: number; hourOnly: boolean } | null {
  const mark = text[at]
  if (mark === '时' || mark === '点') at++
  else if (mark === ':') at++
  else return { ms: 0, hourOnly: true }
  const from = at
  const minute = digitsHere(2)
  if (at === from) return mark === ':' ? null : { ms: 0, hourOnly: false }
  let ms = 0
  if (text[at] === '分') at++
  if (text[at] === ':' || isDigit(text.charCodeAt(at))) {
    if (text[at] === ':') at++
    const secondFrom = at
    const second = digitsHere(2)
    if (at === secondFrom || second > 59) return null
    ms = second * 1000 + fraction()
    if (text[at] === '秒') at++
  }
  return minute > 59 ? null : { ms: minute * 60_000 + ms, hourOnly: false }
}

/** Milliseconds of `.5`, `.250`, `,123456`, rounded. */
function fraction(): number {
  if ((text[at] !== '.' && text[at] !== ',') || !isDigit(text.charCodeAt(at + 1))) return 0
  at++
  const from = at
  const number = digitsHere(12)
  return Math.round((number / 10 ** (at - from)) * 1000)
}

type Half = '' | 'am' | 'pm' | 'noon' | 'evening'

function halfOfDay(): Half {
  const char = text.charCodeAt(at)
  if (Number.isNaN(char) || isDigit(char)) return ''
  for (const [word, half] of halves) {
    if (!text.startsWith(word, at)) continue
    at += word.length
    skipSpaces()
    return half
  }
  return ''
}

const halves: [string, Half][] = [
  ...['上午', '凌晨', '清晨', '早上', 'AM', 'am', 'a.m.', 'A.M.'].map((word): [string, Half] => [word, 'am']),
  ...['下午', '傍晚', 'PM', 'pm', 'p.m.', 'P.M.'].map((word): [string, Half] => [word, 'pm']),
  ['中午', 'noon'],
  ['晚上', 'evening'],
  ['夜里', 'evening'],
]

function hourOfDay(hour: number, half: Half): number {
  if (half === '' || hour > 12) return hour
  if (half === 'am') return hour === 12 ? 0 : hour
  if (half === 'noon') return hour < 3 ? hour + 12 : hour
  if (half === 'evening') return hour === 12 || hour < 5 ? Number.NaN : hour + 12
  return hour === 12 ? 12 : hour + 12
}

/** Z, UTC, GMT+8, +08:00, +0800, -05. */
function offsetHere(): number | null {
  const found = /^(?:z|(?:utc|gmt)?(?:([+-])(\d{1,2})(?::?(\d\d))?)?)$/i.exec(text.slice(at))
  if (!found) return null
  at = text.length
  const [, sign, hours = '0', minutes = '0'] = found
  const size = (Number(hours) * 60 + Number(minutes)) * 60_000
  return sign === '-' ? -size : size
}

/** 周二, 星期二, (周二), Tue, Tuesday — said twice, the date counts. */
function skipWeekday(): void {
  if (isDigit(text.charCodeAt(at))) return
  weekday.lastIndex = at
  const found = weekday.exec(text)
  if (found) at += found[0].length
}

const weekday =
  /\(?(?:(?:星期|周|礼拜)[一二三四五六日天]|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?(?![a-z]))\)?,?\s*/iy

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const monthWord = /(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}/iy

function monthName(): number {
  monthWord.lastIndex = at
  const found = monthWord.exec(text)
  if (!found) return 0
  at += found[0].length
  return months.indexOf((found[1] ?? '').toLowerCase()) + 1
}

function takeSeparator(word: string): boolean {
  const char = text[at]
  if (char !== '-' && char !== '/' && char !== '.' && (word === '' || char !== word)) return false
  at++
  return true
}

function skipSpaces(): void {
  while (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 160) at++
}

function digitsHere(most: number): number {
  let number = 0
  const end = at + most
  for (; at < end; at++) {
    const digit = text.charCodeAt(at) - 48
    if (!(digit >= 0 && digit <= 9)) break
    number = number * 10 + digit
  }
  return number
}

function isDigit(char: number): boolean {
  return char >= 48 && char <= 57
}

function realDay(year: number, month: number, day: number): number | null {
  if (!(year >= 1) || !(month >= 1 && month <= 12) || !(day >= 1)) return null
  if (day > 28 && day > daysOfMonth(year, month)) return null
  return civilDay(year, month, day)
}

export function daysOfMonth(year: number, month: number): number {
  return civilDay(year, month + 1, 1) - civilDay(year, month, 1)
}
