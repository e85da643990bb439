/** Addresses of repositories: which are taken, and how they are shown and told apart. */
import { createHash } from 'node:crypto'
import { CultivarError } from '../model/error.ts'

const scheme = /^([a-z][a-z0-9+.-]*):\/\//i
const allowedSchemes = new Set(['https', 'http', 'ssh', 'git', 'file'])
/** `git@github.com:owner/name`: ssh as scp writes it. A drive letter is none. */
const scp = /^[^/\\:]{2,}:(?!:)/

/** Of an address that `requireAddress` takes. */
export function isLocalPath(repo: string): boolean {
  return !scheme.test(repo) && !scp.test(repo)
}

/**
 * Refuses what git would take for an option, a helper program to run (`ext::…`) or a protocol other than https, http, ssh, git, file.
 *
 * @throws CultivarError `bad-input`
 */
export function requireAddress(repo: string): void {
  const refuse = (why: string): never => {
    throw new CultivarError(
      'bad-input',
      `“${shownAddress(repo)}” cannot be the address of a repository: ${why}.`,
      'Give it as https://host/owner/name, ssh://git@host/owner/name, git@host:owner/name, or as a path.',
    )
  }
  if (repo.trim() === '') refuse('it is empty')
  if (/[\x00-\x1f\x7f]/.test(repo)) refuse('it holds control characters')
  if (repo.startsWith('-')) refuse('it begins with a hyphen')
  if (/^[^/\\]*::/.test(repo)) refuse('it names a program to fetch with')
  const protocol = scheme.exec(repo)?.[1]?.toLowerCase()
  if (protocol !== undefined && !allowedSchemes.has(protocol)) refuse(`${protocol} is not fetched from`)
  if (/^ssh:\/\/([^/]*@)?-/i.test(repo) || (scp.test(repo) && /^([^/]*@)?-/.test(repo)))
    refuse('its host begins with a hyphen')
}

/** The address without a password or token. */
export function shownAddress(repo: string): string {
  return repo.replace(/^(https?:\/\/)[^/@]*@/i, '$1').replace(/^(\w+:\/\/[^/@:]*):[^/@]*@/, '$1@')
}

/** The address as short as people know it: `owner/name`. */
export function shortAddress(repo: string): string {
  const parts = plain(repo)
    .split(/[/\\:]/)
    .filter(Boolean)
  return parts.slice(-2).join('/')
}

/** A name for files, the same for the same repository with or without `.git` at its end. */
export function addressKey(repo: string): string {
  const name = plain(repo)
    .split(/[/\\:]/)
    .at(-1)!
    .replace(/[^\w-]/g, '')
    .slice(0, 40)
  return `${name || 'repository'}-${createHash('sha256').update(plain(repo)).digest('hex').slice(0, 12)}`
}

function plain(repo: string): string {
  return shownAddress(repo)
    .replace(/[/\\]+$/, '')
    .replace(/\.git$/, '')
}
