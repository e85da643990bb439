/** Files brought from the browser, kept for a day below the workspace until they are imported or added. */
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { ownFolder } from '../app/workspace.ts'
import type { Clock } from '../engine/ports.ts'
import { CultivarError } from '../model/error.ts'

export interface Uploads {
  readonly mostBytes: number
  /** Throws CultivarError `too-large`, `storage-full`; nothing of the file is kept then, nor where it breaks off. */
  store(name: string, bytes: AsyncIterable<Uint8Array>): Promise<{ upload: string; name: string; bytes: number }>
  /** Path of the file. Throws CultivarError `not-found`. */
  find(upload: string): Promise<string>
  remove(upload: string): Promise<void>
}

const keptMs = 24 * 3_600_000
/** More at once fill a disk sooner than anybody can look at them. */
const mostAtOnce = 8
/** What file systems take is 255 bytes. */
const mostNameBytes = 180

export function openUploads(workspaceFolder: string, options: { mostBytes: number; clock: Clock }): Uploads {
  const { mostBytes, clock } = options
  const folder = join(ownFolder(workspaceFolder), 'uploads')
  let arriving = 0
  const write = async (own: string, name: string, bytes: AsyncIterable<Uint8Array>) => {
    let length = 0
    await mkdir(own, { recursive: true })
    await pipeline(
      async function* () {
        for await (const part of bytes) {
          length += part.length
          if (length > mostBytes) throw tooLarge(mostBytes)
          yield part
        }
      },
      createWriteStream(join(own, name), { flags: 'wx' }),
    )
    return length
  }
  return {
    mostBytes,
    async store(given, bytes) {
      if (arriving >= mostAtOnce) throw tooMany()
      const upload = randomUUID()
      const name = safeName(given)
      const own = join(folder, upload)
      arriving++
      try {
        await forgetOld(folder, clock.now() - keptMs)
        return { upload, name, bytes: await write(own, name, bytes) }
      } catch (error) {
        await rm(own, { recursive: true, force: true })
        throw isCode(error, 'ENOSPC', 'EDQUOT') ? noRoom() : error
      } finally {
        arriving--
      }
    },
    async find(upload) {
      // Only what we made ourselves: an id with a path in it names nothing.
      const [name] = isOurs(upload) ? await namesIn(join(folder, upload)) : []
      if (name !== undefined) return join(folder, upload, name)
      throw new CultivarError('not-found', 'This upload is not there any more.', 'Choose the file again.')
    },
    async remove(upload) {
      if (isOurs(upload)) await rm(join(folder, upload), { recursive: true, force: true })
    },
  }
}

function isOurs(upload: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(upload)
}

/** The last part of whatever path a browser sends, without what file systems refuse; its ending stays, for it tells the format. */
function safeName(given: string): string {
  let name = basename(given.toWellFormed().replaceAll('\\', '/'))
    .replaceAll(/[\u0000-\u001f\u007f<>:"|?*]/g, '_')
    .replace(/^[. ]+/, '')
    .replace(/[. ]+$/, '')
  while (Buffer.byteLength(name) > mostNameBytes) name = [...name].slice(1).join('')
  // Names of devices on Windows, whatever their ending.
  if (/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(name)) name = `_${name}`
  return name === '' ? 'upload' : name
}

async function forgetOld(folder: string, beforeMs: number): Promise<void> {
  for (const name of await namesIn(folder)) {
    const path = join(folder, name)
    const { mtimeMs } = await stat(path).catch(goneAlready)
    if (mtimeMs < beforeMs) await rm(path, { recursive: true, force: true })
  }
}

/** Another may have removed it in between. */
function goneAlready(error: unknown): { mtimeMs: number } {
  if (isCode(error, 'ENOENT')) return { mtimeMs: Number.POSITIVE_INFINITY }
  throw error
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (isCode(error, 'ENOENT')) return []
    throw error
  }
}

function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code))
}

function tooLarge(mostBytes: number): CultivarError {
  return new CultivarError(
    'too-large',
    `The file is larger than ${Math.floor(mostBytes / 1024 / 1024)} MB, the most that may be uploaded.`,
    'Import it with “cultivar records import”, which has no limit.',
  )
}

function noRoom(): CultivarError {
  return new CultivarError(
    'storage-full',
    'There is no room left for the file where the workspace is.',
    'Free some space; nothing of the file was kept.',
  )
}

function tooMany(): CultivarError {
  return new CultivarError('too-many-tries', 'Too many files are being uploaded at once.', 'Wait for one to finish.', {
    retryAfterSeconds: 10,
  })
}
