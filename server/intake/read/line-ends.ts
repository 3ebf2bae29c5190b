/** A piece of text whose records end with one kind of line end. */
interface EvenText {
  text: string
  newline: '\n' | '\r\n'
}

/** Evens out the line ends outside quotes, so that LF, CRLF and CR may alternate; inside quotes they are the user's text. */
interface LineEnds {
  /** The piece appended to `rest`: text before it that starts with a record and is not yet used up. */
  write(rest: string, piece: string): EvenText
  end(rest: string): EvenText
}

export function lineEnds(delimiter: string): LineEnds {
  let held = ''
  return {
    write(rest, piece) {
      const text = held + piece
      // A CR at the cut may be half of a CRLF.
      held = text.endsWith('\r') ? '\r' : ''
      return evenOut(rest, held ? text.slice(0, -1) : text, delimiter)
    },
    end: (rest) => evenOut(rest, held, delimiter),
  }
}

function evenOut(rest: string, text: string, delimiter: string): EvenText {
  if (!text.includes('\r')) return { text: rest + text, newline: '\n' }
  if (!text.includes('"') && !rest.includes('"')) {
    return { text: rest + text.replace(/\r\n?/g, '\n'), newline: '\n' }
  }
  // All line ends of the rest lie inside quotes, else it would have been used up.
  if (!/\r(?!\n)|(?<!\r)\n/.test(text)) return { text: rest + text, newline: '\r\n' }
  return { text: outsideQuotes(rest + text, delimiter), newline: '\n' }
}

/** Walks from quote to quote, as the parser will: a quote opens a field only at its start. */
function outsideQuotes(text: string, delimiter: string): string {
  let evened = ''
  let copied = 0
  let at = 0
  while (at < text.length) {
    const opening = openingQuote(text, at, delimiter)
    if (hasReturn(text, at, opening)) {
      evened += text.slice(copied, at) + text.slice(at, opening).replace(/\r\n?/g, '\n')
      copied = opening
    }
    at = opening < text.length ? closingQuote(text, opening + 1) + 1 : opening
  }
  return evened + text.slice(copied)
}

/** Between quoted fields lie a few characters only. */
function hasReturn(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (text.charCodeAt(at) === 13) return true
  return false
}

function openingQuote(text: string, from: number, delimiter: string): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 1)) {
    const before = text[at - 1]
    if (before === undefined || before === delimiter || before === '\n' || before === '\r') return at
  }
  return text.length
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at
  }
  return text.length
}
