/** What git says of a repository that cannot be read, in words that say what to do. */
import { CultivarError, type ErrorCode } from '../model/error.ts'
import { isLocalPath, shownAddress } from './repository-address.ts'

interface Fault {
  /** Git's own words, in English. */
  says: RegExp
  code: ErrorCode
  message(shown: string, said: string): string
  hint: string | ((repo: string) => string)
}

/** The first that fits is meant. */
const faults: Fault[] = [
  {
    says: /could not read (Username|Password)|Authentication failed|Permission denied \(|error: 40[13]\b/i,
    code: 'not-found',
    message: shown => `${shown} asks for a password or key: it is private, or there is no such repository.`,
    hint: 'Check the address. For a private one give git a credential helper or an ssh key, so that “git ls-remote ADDRESS” works without asking: Cultivar never asks for passwords.',
  },
  {
    says: /Host key verification failed/i,
    code: 'not-found',
    message: shown => `The host of ${shown} is not known to ssh on this machine.`,
    hint: 'Connect to it once with ssh and accept its key, or use the https address.',
  },
  {
    says: /dubious ownership/i,
    code: 'bad-file',
    message: shown => `${shown} belongs to another user, so git does not read it.`,
    hint: 'If you trust it: git config --global --add safe.directory FOLDER',
  },
  {
    says: /(transport|protocol) '.*' not allowed/i,
    code: 'bad-input',
    message: (shown, said) => `${shown} would be fetched in a way that is not allowed: ${said}`,
    hint: 'Use an address with https or ssh, and look for “insteadOf” in git’s settings.',
  },
  {
    says: /No space left on device|Disk quota exceeded/i,
    code: 'storage-full',
    message: shown => `There is no room to fetch ${shown}.`,
    hint: 'Free some space, then try again.',
  },
  {
    says: /does not appear to be a git repository|repository .*not found|not exist|error: 404\b/i,
    code: 'not-found',
    message: shown => `There is no repository at ${shown}.`,
    hint: whereElse,
  },
  {
    says: /could not resolve|failed to connect|couldn't connect|connection (refused|reset|closed|timed out)|unreachable|timed out|too slow|SSL_|SSL certificate|gnutls|certificate verif|disconnect|hung up|early EOF|error: 5\d\d\b|Empty reply/i,
    code: 'bad-file',
    message: (shown, said) => `${shown} cannot be reached: ${said}`,
    hint: 'Check the network, the proxy and the address, then try again; or give the documents as files in a folder.',
  },
]

/** What is known to be wrong with the repository; undefined if git's words say something else. */
export function knownFault(words: string, repo: string): CultivarError | undefined {
  const fault = faults.find(({ says }) => says.test(words))
  if (!fault) return undefined
  const { code, message, hint } = fault
  return new CultivarError(
    code,
    message(`“${shownAddress(repo)}”`, lastWords(words)),
    typeof hint === 'string' ? hint : hint(repo),
  )
}

export function repositoryFault(words: string, repo: string): CultivarError {
  return (
    knownFault(words, repo) ??
    new CultivarError(
      'bad-file',
      `“${shownAddress(repo)}” cannot be fetched: ${lastWords(words)}`,
      'Try “git clone ADDRESS” by hand; a clone that works can be named by its path.',
    )
  )
}

export function noSuchCommit(commit: string, repo: string, near?: string): CultivarError {
  return new CultivarError(
    'not-found',
    `“${shownAddress(repo)}” has no commit, tag or branch “${commit}”${near === undefined ? '.' : `; did you mean “${near}”?`}`,
    '“git ls-remote ADDRESS” shows its branches and tags. A commit that was never pushed, or that a rewrite removed, cannot be fetched.',
  )
}

function whereElse(repo: string): string {
  if (!isLocalPath(repo))
    return 'Check the address: it is what “git clone” takes, not that of a page or of a folder within.'
  const elsewhere = /(?:^|[/\\])([\w-]+(?:\.[\w-]+)*\.[a-z]{2,}[/\\][^/\\]+[/\\][^/\\]+)$/i.exec(repo)?.[1]
  return elsewhere === undefined
    ? 'It was read as a path on this machine; one elsewhere is named as https://host/owner/name.'
    : `It was read as a path on this machine. Did you mean https://${elsewhere.replaceAll('\\', '/')}?`
}

/** The line that says what happened, without passwords. Git adds one to what ssh and the server said, and it says nothing. */
function lastWords(words: string): string {
  const lines = words.split('\n').map(line => line.trim())
  const telling = lines.filter(line => line !== '' && !/Could not read from remote/i.test(line))
  const line = telling.find(line => /^(ssh|fatal|remote|error): /i.test(line)) ?? telling[0] ?? 'git does not say why'
  return line.replace(/^(fatal|remote|error): /i, '').replace(/(\w+:\/\/)[^/@\s]*@/g, '$1')
}
