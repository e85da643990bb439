/** Gets a model file by URL: with progress, going on where an earlier try stopped, and taken for done only when it is whole and right. */
import { mkdir, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { CultivarError } from '../../model/error.ts'
import type { Environment } from '../http-client.ts'
import { BrokenOff, gaveUp, interrupted, onDisk, shown } from './download-failures.ts'
import { discard, fetchRest, sizeOf } from './fetch-rest.ts'
import { checkName, hashFile } from './gguf-file.ts'

export type DownloadEvent =
  | { kind: 'progress'; bytes: number; total: number | undefined }
  | { kind: 'broken'; why: string; bytes: number }
  | { kind: 'verifying' }

export interface DownloadOptions {
  url: string
  /** Where the file shall be. Beside it, `.part` holds what came so far. */
  path: string
  sha256?: string | undefined
  environment: Environment
  /** The command that goes on with it, for hints. */
  again: string
  signal?: AbortSignal | undefined
  observe?: ((event: DownloadEvent) => void) | undefined
  /** For tests: instead of asking the file system. */
  freeBytes?: (folder: string) => Promise<number>
  /** Wait before another try; default 2 s. */
  retryMs?: number
}

/** Tries in a row that bring no byte, before it is given up. */
const mostFailures = 5

/**
 * Resolves with the file’s SHA-256. What came stays for the next call, unless it proved wrong.
 *
 * @throws CultivarError `bad-file` (no GGUF file, wrong checksum: what came is removed), `storage-full`, `storage-unavailable`, `not-found`,
 * `provider-refused`, `provider-failed` (it broke off again and again), `interrupted`.
 */
export async function downloadModel(options: DownloadOptions): Promise<string> {
  const { path, sha256, observe } = options
  checkName(new URL(options.url).pathname)
  const part = `${path}.part`
  await onDisk(options, path, () => mkdir(dirname(path), { recursive: true }))
  for (let failures = 0, before = await sizeOf(part); ; ) {
    try {
      await fetchRest(options, part)
      break
    } catch (error) {
      if (!(error instanceof BrokenOff)) throw error
      const bytes = await sizeOf(part)
      failures = bytes > before ? 1 : failures + 1
      before = Math.max(before, bytes)
      if (failures >= mostFailures) throw gaveUp(options, error.message, bytes)
      observe?.({ kind: 'broken', why: error.message, bytes })
      await pause(options.retryMs ?? 2000, undefined, { signal: options.signal }).catch(() => {
        throw interrupted(options, bytes)
      })
    }
  }
  observe?.({ kind: 'verifying' })
  const found = await hashFile(part)
  if (sha256 !== undefined && sha256 !== found) {
    await discard(part)
    throw new CultivarError(
      'bad-file',
      `What came from ${shown(options.url)} has the SHA-256 ${found}, not ${sha256}. It was removed.`,
      'Correct the checksum (cultivar providers set NAME --sha256 …), or get the file from a place you trust.',
    )
  }
  await onDisk(options, path, () => rename(part, path))
  await rm(`${part}.json`, { force: true })
  return found
}
