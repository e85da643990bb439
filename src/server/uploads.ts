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
  /** Throws CultivarError `bad-input` for one that is too large; nothing of it is kept then. */
  store(name: string, bytes: AsyncIterable<Uint8Array>): Promise<{ upload: string; name: string; bytes: number }>
  /** Path of the file. Throws CultivarError `not-found`. */
  find(upload: string): Promise<string>
  remove(upload: string): Promise<void>
}

const keptMs = 24 * 3_600_000

export function openUploads(workspaceFolder: string, options: { mostBytes: number; clock: Clock }): Uploads {
  const { mostBytes, clock } = options
  const folder = join(ownFolder(workspaceFolder), 'uploads')
  return {
    async store(given, bytes) {
      await forgetOld(folder, clock.now() - keptMs)
      const upload = randomUUID()
      const name = safeName(given)
      const own = join(folder, upload)
      await mkdir(own, { recursive: true })
      let length = 0
      try {
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
      } catch (error) {
        await rm(own, { recursive: true, force: true })
        throw error
      }
      return { upload, name, bytes: length }
    },
    async find(upload) {
      // Only what we made ourselves: an id with a path in it names nothing.
      const [name] = /^[0-9a-f-]{36}$/.test(upload) ? await namesIn(join(folder, upload)) : []
      if (name !== undefined) return join(folder, upload, name)
      throw new CultivarError('not-found', 'This upload is not there any more.', 'Choose the file again.')
    },
    async remove(upload) {
      if (/^[0-9a-f-]{36}$/.test(upload)) await rm(join(folder, upload), { recursive: true, force: true })
    },
  }
}

/** The last part of whatever path a browser sends, without what file systems refuse. */
function safeName(given: string): string {
  const name = basename(given.replaceAll('\\', '/'))
    .replaceAll(/[\u0000-\u001f<>:"|?*]/g, '_')
    .replace(/^\.+/, '')
    .slice(-120)
  return name === '' ? 'upload' : name
}

async function forgetOld(folder: string, beforeMs: number): Promise<void> {
  for (const name of await namesIn(folder)) {
    const path = join(folder, name)
    if ((await stat(path)).mtimeMs < beforeMs) await rm(path, { recursive: true, force: true })
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

function tooLarge(mostBytes: number): CultivarError {
  return new CultivarError(
    'bad-input',
    `The file is larger than ${Math.floor(mostBytes / 1024 / 1024)} MB, the most that may be uploaded.`,
    'Import it with “cultivar records import”, which has no limit.',
  )
}
