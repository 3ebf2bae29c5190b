import { isUtf8 } from 'node:buffer'

/** Thrown where bytes do not belong to the encoding; the caller knows the file and finds the place. */
export class NotInEncoding extends Error {}

/** Turns pieces of bytes into pieces of text, never cutting a character; strict: a wrong byte throws NotInEncoding. */
export interface Decoder {
  write(bytes: Buffer): string
  end(): string
}

export function createDecoder(encoding: string): Decoder {
  return encoding === 'utf-8' ? utf8Decoder() : runtimeDecoder(encoding)
}

/** Checks and converts natively: seven times as fast as a fatal TextDecoder. */
function utf8Decoder(): Decoder {
  let rest: Buffer = Buffer.alloc(0)
  return {
    write(bytes) {
      const all = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes
      const cut = completeUtf8(all)
      // Copied: the caller may read the next piece into the same memory.
      rest = Buffer.from(all.subarray(cut))
      const whole = all.subarray(0, cut)
      if (!isUtf8(whole)) throw new NotInEncoding()
      return whole.toString('utf8')
    },
    end() {
      if (rest.length > 0) throw new NotInEncoding()
      return ''
    },
  }
}

/** Length of the bytes up to the last character that is complete. */
export function completeUtf8(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return bytes.length
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return back < length ? bytes.length - back : bytes.length
    }
  }
  return bytes.length
}

function runtimeDecoder(encoding: string): Decoder {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true })
  const strictly = (decode: () => string) => {
    try {
      return decode()
    } catch {
      throw new NotInEncoding()
    }
  }
  return {
    write: (bytes) => strictly(() => decoder.decode(bytes, { stream: true })),
    end: () => strictly(() => decoder.decode()),
  }
}
