/** What can go wrong with a download, in words that say what to do. */
import { basename, dirname } from 'node:path'
import { CultivarError } from '../../model/error.ts'
import type { DownloadOptions } from './download.ts'

/** A try that failed, and may do better another time. */
export class BrokenOff extends Error {}

export async function onDisk<T>(options: DownloadOptions, path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOSPC' || code === 'EDQUOT') throw diskFull(options, `the disk of ${dirname(path)} is full`)
    throw new CultivarError(
      'storage-unavailable',
      `“${path}” cannot be written: ${message}`,
      'Check who may write there.',
    )
  }
}

export function diskFull({ again }: DownloadOptions, why: string): CultivarError {
  return new CultivarError(
    'storage-full',
    `There is no room for the model: ${why}.`,
    `Make room; what came so far stays, and it goes on with: ${again}`,
  )
}

export function interrupted({ again }: DownloadOptions, bytes: number): CultivarError {
  return new CultivarError(
    'interrupted',
    'The download was stopped.',
    `It goes on${bytes > 0 ? ` after ${gigabytes(bytes)}` : ''} with: ${again}`,
  )
}

export function gaveUp({ url, path, again }: DownloadOptions, why: string, bytes: number): CultivarError {
  return new CultivarError(
    'provider-failed',
    `${basename(path)} could not be got from ${shown(url)}: ${why}`,
    bytes > 0
      ? `It goes on after ${gigabytes(bytes)} with: ${again}`
      : `Check the address and the connection, then: ${again}`,
  )
}

/** Addresses of downloads may be signed. */
export function shown(url: string): string {
  const { origin, pathname } = new URL(url)
  return origin + pathname
}

export function gigabytes(bytes: number): string {
  return bytes < 1e8 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}
