/** Secrets at rest: AES-256-GCM in one line of text, `v1.` and the base64url of nonce, ciphertext and tag. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { CultivarError } from '../model/error.ts'

const version = 'v1.'
const nonceBytes = 12
const tagBytes = 16
const cipherName = 'aes-256-gcm'

/** Seals with a fresh random nonce, so that equal secrets do not look equal. `key`: 32 bytes. */
export function sealSecret(plain: string, key: Uint8Array): string {
  const nonce = randomBytes(nonceBytes)
  const cipher = createCipheriv(cipherName, checkedKey(key), nonce).setAAD(Buffer.from(version))
  const sealed = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return version + sealed.toString('base64url')
}

/** Throws `bad-input` if the key is another one or the text was changed. */
export function openSecret(sealed: string, key: Uint8Array): string {
  const bytes = Buffer.from(sealed.slice(version.length), 'base64url')
  if (!sealed.startsWith(version) || bytes.length < nonceBytes + tagBytes) {
    throw new CultivarError(
      'bad-input',
      'A stored secret is damaged, or was written by a newer version.',
      'Update Cultivar, or store the provider’s key again.',
    )
  }
  const decipher = createDecipheriv(cipherName, checkedKey(key), bytes.subarray(0, nonceBytes))
    .setAAD(Buffer.from(version))
    .setAuthTag(bytes.subarray(-tagBytes))
  try {
    return decipher.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    throw new CultivarError(
      'bad-input',
      'A stored secret does not open with this key.',
      'Use the key file or CULTIVAR_SECRET_KEY it was stored with, or store the provider’s key again.',
    )
  }
}

function checkedKey(key: Uint8Array): Uint8Array {
  if (key.length === 32) return key
  throw new CultivarError(
    'bad-input',
    `The secret key has ${key.length} bytes, not 32.`,
    'Make one with “openssl rand -hex 32”.',
  )
}
