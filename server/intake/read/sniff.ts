import { filePieces, firstBytes } from './file-pieces.ts'
import { FileRefusal } from './refusal.ts'

const SAMPLE_BYTES = 8192

/** What a file is, by its content; refuses what is neither text nor workbook and says what it is. */
export async function sniff(path: string, name: string): Promise<'csv' | 'xlsx'> {
  const bytes = await firstBytes(path, SAMPLE_BYTES)
  if (bytes.length === 0) throw new FileRefusal('empty_file')
  const ending = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  if (startsWith(bytes, 'PK\x03\x04') || startsWith(bytes, 'PK\x05\x06')) {
    if (['csv', 'tsv', 'txt', 'tab'].includes(ending)) throw new FileRefusal('workbook_named_text')
    return 'xlsx'
  }
  if (startsWith(bytes, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) {
    throw new FileRefusal((await isEncryptedPackage(path)) ? 'encrypted' : 'old_workbook')
  }
  refuseOtherFormats(bytes)
  if (['xlsx', 'xlsm', 'xls', 'xlsb'].includes(ending)) throw new FileRefusal('text_named_workbook')
  return 'csv'
}

/** An encrypted .xlsx lies in the container format of the old .xls, under this name. */
async function isEncryptedPackage(path: string): Promise<boolean> {
  const name = Buffer.from('EncryptedPackage', 'utf16le')
  let rest: Buffer = Buffer.alloc(0)
  for await (const piece of filePieces(path)) {
    const all = Buffer.concat([rest, piece])
    if (all.includes(name)) return true
    rest = Buffer.from(all.subarray(-name.length))
  }
  return false
}

function refuseOtherFormats(bytes: Buffer): void {
  // Workbooks before 1995: a bare stream that begins with its BOF record.
  if (bytes[0] === 9 && [0, 2, 4, 8].includes(bytes[1] ?? 255) && bytes[3] === 0)
    throw new FileRefusal('old_workbook')
  if (startsWith(bytes, '%PDF-')) throw new FileRefusal('pdf')
  const text = plainText(bytes)
  if (/^(?:<!doctype html|<html|<head|<meta|<table|<style|<!--)/i.test(text))
    throw new FileRefusal('web_page')
  if (/^<\?xml/i.test(text)) throw new FileRefusal(/<html/i.test(text) ? 'web_page' : 'xml_file')
  if (isBinary(bytes)) throw new FileRefusal('not_text')
}

/** The start as ASCII sees it, whatever the encoding. */
function plainText(bytes: Buffer): string {
  return bytes
    .toString('latin1')
    .replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '')
    .replaceAll('\0', '')
    .trimStart()
}

/** Many NULs and no mark of UTF-16. */
function isBinary(bytes: Buffer): boolean {
  const marked = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
  if (marked && !(bytes[2] === 0 && bytes[3] === 0)) return false
  let nuls = 0
  for (const byte of bytes) if (byte === 0) nuls++
  return nuls * 20 > bytes.length
}

function startsWith(bytes: Buffer, text: string): boolean {
  return bytes.subarray(0, text.length).toString('latin1') === text
}
