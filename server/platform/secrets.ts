import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
} from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Refusal } from './refusal.ts'

/** Encrypts and matches personal data with the key that lies outside the database. */
export interface Secrets {
  /** AES-256-GCM: 12 bytes nonce, 16 bytes tag, ciphertext. `context` must be the same to decrypt. */
  encrypt(plain: Buffer, context: string): Buffer
  /** @throws Refusal when the key or the context is another one, or the bytes were changed */
  decrypt(cipher: Buffer, context: string): Buffer
  /** Keyed hash for finding an equal text without storing it. */
  hash(text: string): Buffer
}

/** Opens the key of a data directory, making it the first time (mode 0600). */
export function openSecrets(dataDir: string, keyFile = process.env.ZHIHUAN_KEY_FILE): Secrets {
  const key = readKey(keyFile ?? join(dataDir, 'secrets', 'personal-data.key'), keyFile === undefined)
  const derive = (use: string) =>
    createSecretKey(Buffer.from(hkdfSync('sha256', key, '', `zhihuan ${use}`, 32)))
  const forCipher = derive('encryption')
  const forHash = derive('matching')
  return {
    encrypt(plain, context) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', forCipher, nonce).setAAD(Buffer.from(context))
      const body = Buffer.concat([cipher.update(plain), cipher.final()])
      return Buffer.concat([nonce, cipher.getAuthTag(), body])
    },
    decrypt(cipher, context) {
      try {
        const opened = createDecipheriv('aes-256-gcm', forCipher, cipher.subarray(0, 12))
          .setAAD(Buffer.from(context))
          .setAuthTag(cipher.subarray(12, 28))
        return Buffer.concat([opened.update(cipher.subarray(28)), opened.final()])
      } catch {
        throw new Refusal('wrong_key', 500, {
          zh: '个人信息无法解密：密钥文件与此数据不符。请恢复原来的 secrets/personal-data.key。',
          en: 'Personal data cannot be decrypted: the key file is not the one of these data. Restore the original secrets/personal-data.key.',
        })
      }
    },
    hash: (text) => createHmac('sha256', forHash).update(text).digest(),
  }
}

function readKey(path: string, mayCreate: boolean): Buffer {
  if (mayCreate) {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    try {
      // 'wx': of two processes that start at once, one writes the key and both read it.
      writeFileSync(path, randomBytes(32), { mode: 0o600, flag: 'wx' })
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
  }
  const key = readFileSync(path)
  if (key.length !== 32)
    throw new Refusal('wrong_key', 500, {
      zh: `密钥文件 ${path} 应为 32 字节。`,
      en: `The key file ${path} must hold 32 bytes.`,
    })
  return key
}
