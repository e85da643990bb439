/** The key that stored secrets are sealed with: from `CULTIVAR_SECRET_KEY`, else a file only its owner may read. */
import { randomBytes } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CultivarError } from '../model/error.ts'
import { makeOwnFolder, ownFolder, type Workspace } from './workspace.ts'

/** 32 bytes. The file `.cultivar/secret.key` is made when the first secret is stored. */
export async function secretKey({ folder, environment }: Workspace): Promise<Uint8Array> {
  const given = environment['CULTIVAR_SECRET_KEY']
  if (given) return parseKey(given, 'CULTIVAR_SECRET_KEY')
  const file = join(ownFolder(folder), 'secret.key')
  const stored = await read(file)
  if (stored !== undefined) return parseKey(stored, file)
  await makeOwnFolder(folder)
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  await writeFile(draft, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx' })
  try {
    // A link appears whole and never replaces: of two processes that make a key at once, one wins, and both read it.
    await link(draft, file)
  } catch (error) {
    if (!isCode(error, 'EEXIST')) throw error
  } finally {
    await rm(draft)
  }
  return parseKey(await readFile(file, 'utf8'), file)
}

function parseKey(text: string, where: string): Uint8Array {
  const trimmed = text.trim()
  if (/^[0-9a-f]{64}$/i.test(trimmed)) return Buffer.from(trimmed, 'hex')
  throw new CultivarError(
    'bad-input',
    `${where} does not hold a key: 64 hexadecimal digits.`,
    'Put back the key that secrets were stored with. A new one is made with “openssl rand -hex 32”; keys then have to be stored again.',
  )
}

async function read(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    throw error
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
