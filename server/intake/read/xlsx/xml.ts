import { FileRefusal } from '../refusal.ts'

/** Namespaces of the parts we read; the second of each pair is the one of "strict" workbooks. */
export const namespaces = {
  sheet: [
    'http://schemas.openxmlformats.org/spreadsheetml/2006/main',
    'http://purl.oclc.org/ooxml/spreadsheetml/main',
  ],
  relationships: ['http://schemas.openxmlformats.org/package/2006/relationships'],
  contentTypes: ['http://schemas.openxmlformats.org/package/2006/content-types'],
} as const

/**
 * Told of the elements in the part's own namespace, by local name; others come with a leading ':'. The tag is the text
 * behind the name, for `readAttributes`. Text is given only while `listening`, in one or more pieces.
 */
export interface XmlListener {
  listening: boolean
  open(name: string, tag: string): void
  close(name: string): void
  text(text: string): void
}

const MARKUP_CHARS = 64 * 1024
const DEPTH = 64

/**
 * A small strict scanner of XML parts, for well-formed elements, text, CDATA and comments. A DOCTYPE or an entity other
 * than the five of XML refuses the file, so nothing can expand or be fetched.
 */
export function createXmlScanner(part: string, known: readonly string[], listener: XmlListener) {
  let rest = ''
  let prefix: string | null = null
  const open: string[] = []
  let closed = false

  function write(piece: string): void {
    const text = rest === '' ? piece : rest + piece
    let at = 0
    while (true) {
      const less = text.indexOf('<', at)
      if (less < 0) break
      if (less > at) takeText(text.slice(at, less))
      const next = markup(text, less)
      if (next < 0) {
        rest = text.slice(less)
        if (rest.length > MARKUP_CHARS) throw broken('endless markup')
        return
      }
      at = next
    }
    // An entity may be cut in two, and so may a CRLF.
    const ampersand = text.lastIndexOf('&')
    const cutEntity = ampersand >= Math.max(at, text.length - 12) && !text.includes(';', ampersand)
    const end = cutEntity ? ampersand : text.endsWith('\r') ? text.length - 1 : text.length
    if (end > at) takeText(text.slice(at, end))
    rest = text.slice(end)
  }

  function end(): void {
    if (rest !== '' || open.length > 0 || !closed) throw broken('cut off')
  }

  function takeText(text: string): void {
    if (open.length === 0) {
      if (text.trim() !== '' && text !== '\ufeff') throw broken('text outside')
    } else if (listener.listening) listener.text(unescapeXml(text, part))
  }

  /** Takes one piece of markup that starts at `from`; gives the place behind it, or -1 when it is not all there. */
  function markup(text: string, from: number): number {
    const kind = text.charCodeAt(from + 1)
    if (kind === SLASH) {
      const end = text.indexOf('>', from)
      if (end < 0) return -1
      closeElement(text.slice(from + 2, end).trimEnd())
      return end + 1
    }
    if (kind === BANG) return declaration(text, from)
    if (kind === QUESTION) {
      const end = text.indexOf('?>', from)
      return end < 0 ? -1 : end + 2
    }
    return openElement(text, from)
  }

  function declaration(text: string, from: number): number {
    if (text.startsWith('<!--', from)) {
      const end = text.indexOf('-->', from + 4)
      return end < 0 ? -1 : end + 3
    }
    if (text.startsWith('<![CDATA[', from)) {
      const end = text.indexOf(']]>', from + 9)
      if (end < 0) return -1
      if (listener.listening) listener.text(text.slice(from + 9, end))
      return end + 3
    }
    if (text.length - from < 9) return -1
    throw new FileRefusal('doctype', part)
  }

  function openElement(text: string, from: number): number {
    const end = tagEnd(text, from)
    if (end < 0) return -1
    const empty = text.charCodeAt(end - 1) === SLASH
    const stop = empty ? end - 1 : end
    const space = nameEnd(text, from + 1, stop)
    const name = text.slice(from + 1, space)
    if (name === '' || closed) throw broken(name || '<>')
    const tag = text.slice(space, stop)
    if (prefix === null) prefix = rootPrefix(name, readAttributes(tag, part))
    if (open.length >= DEPTH) throw broken('too deep')
    const local = localName(name)
    listener.open(local, tag)
    if (empty) {
      listener.close(local)
      if (open.length === 0) closed = true
    } else open.push(name)
    return end + 1
  }

  function closeElement(name: string): void {
    if (open.pop() !== name) throw broken(`</${name}>`)
    listener.close(localName(name))
    if (open.length === 0) closed = true
  }

  /** The prefix under which the root declares the namespace we read, and which the root itself must bear. */
  function rootPrefix(name: string, attributes: string[]): string {
    for (let i = 0; i < attributes.length; i += 2) {
      const key = attributes[i] ?? ''
      if (!known.includes(attributes[i + 1] ?? '')) continue
      const found = key === 'xmlns' ? '' : key.startsWith('xmlns:') ? `${key.slice(6)}:` : null
      if (found !== null && name.startsWith(found) && !name.slice(found.length).includes(':')) return found
    }
    throw new FileRefusal('foreign_part', part)
  }

  function localName(name: string): string {
    if (prefix === '' && name.length === 1) return name
    if (prefix === '') return name.includes(':') ? `:${name}` : name
    return prefix !== null && name.startsWith(prefix) ? name.slice(prefix.length) : `:${name}`
  }

  function broken(what: string): FileRefusal {
    return new FileRefusal('damaged_part', `${part}: ${what.slice(0, 40)}`)
  }

  return { write, end }
}

const SPACE = 32
const BANG = 33
const QUOTE = 34
const APOSTROPHE = 39
const SLASH = 47
const GREATER = 62
const QUESTION = 63

/** The '>' that ends a tag; one inside an attribute value does not. */
function tagEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (char === GREATER) return at
    if (char === QUOTE || char === APOSTROPHE) {
      at = text.indexOf(char === QUOTE ? '"' : "'", at + 1)
      if (at < 0) return -1
    }
  }
  return -1
}

function nameEnd(text: string, from: number, to: number): number {
  let at = from
  while (at < to && text.charCodeAt(at) > SPACE) at++
  return at
}

/** Name, value, name, value … of a tag, values unescaped. */
export function readAttributes(tag: string, part: string): string[] {
  const attributes: string[] = []
  let at = 0
  while (true) {
    while (at < tag.length && tag.charCodeAt(at) <= SPACE) at++
    if (at >= tag.length) return attributes
    const equals = tag.indexOf('=', at)
    let quote = equals + 1
    while (tag.charCodeAt(quote) <= SPACE) quote++
    const mark = tag[quote]
    const end = mark === '"' || mark === "'" ? tag.indexOf(mark, quote + 1) : -1
    if (equals < 0 || end < 0) throw new FileRefusal('damaged_part', `${part}: ${tag.slice(at, at + 40)}`)
    attributes.push(tag.slice(at, equals).trimEnd(), unescapeXml(tag.slice(quote + 1, end), part))
    at = end + 1
  }
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function unescapeXml(text: string, part: string): string {
  // A literal CRLF is read as LF; one that is meant comes as &#13;.
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  if (!lines.includes('&')) return lines
  return lines.replace(
    /&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|([a-z]{1,8}))?;?/g,
    (entity, hex, decimal, name) => {
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
      if (entity.endsWith(';')) {
        if (name && Object.hasOwn(named, name)) return named[name] ?? ''
        if ((hex || decimal) && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff))
          return String.fromCodePoint(code)
      }
      throw new FileRefusal('doctype', part)
    },
  )
}
