/** What a repository, an address or a server could do to whoever fetches from it, and what an ended process leaves. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { httpServer } from '../../test/http-server.ts'
import { temporaryFolder } from '../../test/temporary-folder.ts'
import { temporaryRepository } from '../../test/temporary-repository.ts'
import { fetchCommit } from './fetch-commit.ts'

const environment = { PATH: process.env['PATH'] }
const options = { environment }

/** A process that fetches `main` of the repository. */
function fetching(repo: string, cache: string): ChildProcess {
  const module = JSON.stringify(join(import.meta.dirname, 'fetch-commit.ts'))
  const values = [{ repo, commit: 'main' }, cache, options].map(value => JSON.stringify(value)).join()
  const code = `import { fetchCommit } from ${module}\nawait fetchCommit(${values})`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { env: environment, stdio: 'inherit' })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

it('never asks for a password, and shows none', async () => {
  const url = await httpServer((_, response) =>
    response.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end(),
  )
  const asked = join(temporaryFolder(), 'asked')
  writeFileSync(`${asked}.sh`, `#!/bin/sh\ntouch ${asked}\n`, { mode: 0o755 })
  const asking = { ...environment, GIT_ASKPASS: `${asked}.sh`, SSH_ASKPASS: `${asked}.sh`, DISPLAY: ':0' }
  const repo = url.replace('//', '//ada:s3cret@')
  const failed = fetchCommit({ repo, commit: 'main' }, temporaryFolder(), { environment: asking })
  await expect(failed).rejects.toThrow(/password/)
  await expect(failed).rejects.not.toThrow(/s3cret/)
  await expect(fetchCommit({ repo: url, commit: 'main' }, temporaryFolder(), { environment: asking })).rejects.toThrow(
    /private, or there is no such repository/,
  )
  expect(existsSync(asked)).toBe(false)
})

it('stops git and all that it started when time is up or it is told to', async () => {
  const closed: Promise<unknown>[] = []
  const url = await httpServer(request => void closed.push(once(request.socket, 'close')))
  const cache = temporaryFolder()
  const choice = { repo: url, commit: 'main' }
  await expect(fetchCommit(choice, cache, { ...options, timeLimitMs: 300 })).rejects.toThrow(/too long/)
  const stop = new AbortController()
  setTimeout(() => stop.abort(), 300)
  await expect(fetchCommit(choice, cache, { ...options, signal: stop.signal })).rejects.toMatchObject({
    code: 'interrupted',
  })
  expect(closed).toHaveLength(2)
  await Promise.all(closed)
  expect(readdirSync(cache)).toEqual([])
})

it.each([
  ['--upload-pack=touch OWNED', 'main'],
  ['ext::sh -c "touch OWNED"', 'main'],
  ['fd::17', 'main'],
  ['ftp://example.org/a', 'main'],
  ['ssh://-oProxyCommand=touch OWNED/a', 'main'],
  ['-oProxyCommand=x:a', 'main'],
  ['git@-oProxyCommand=x:a', 'main'],
  ['a\nb', 'main'],
  [' ', 'main'],
  ['.', '--upload-pack=touch OWNED'],
  ['.', 'main~1'],
  ['.', 'a..b'],
  ['.', ''],
])('refuses repository %j at %j before git sees it', async (repo, commit) => {
  const cache = temporaryFolder()
  await expect(fetchCommit({ repo, commit }, cache, options)).rejects.toMatchObject({ code: 'bad-input' })
  expect(readdirSync(cache)).toEqual([])
})

it('runs neither hooks nor helpers, whatever the user’s settings say', async () => {
  const { folder, commit } = temporaryRepository()
  commit({ a: '1', '.gitmodules': '[submodule "x"]\n\tpath = x\n\turl = ext::touch x\n' })
  const home = temporaryFolder()
  const owned = join(home, 'owned')
  const hooks = temporaryFolder()
  writeFileSync(join(hooks, 'reference-transaction'), `#!/bin/sh\ntouch ${owned}\n`, { mode: 0o755 })
  const settings = `[core]\n\thooksPath = ${hooks}\n\tfsmonitor = touch ${owned}\n[protocol "ext"]\n\tallow = always\n`
  writeFileSync(
    join(home, '.gitconfig'),
    `${settings}[url "ext::touch ${owned} "]\n\tinsteadOf = https://trap.example/\n`,
  )
  const withHome = { environment: { ...environment, HOME: home } }
  await fetchCommit({ repo: folder, commit: 'main' }, temporaryFolder(), withHome)
  await expect(
    fetchCommit({ repo: 'https://trap.example/x', commit: 'main' }, temporaryFolder(), withHome),
  ).rejects.toThrow(/not allowed/)
  expect(existsSync(owned)).toBe(false)
})

it('takes git along when the process is told to end', async () => {
  const closed = Promise.withResolvers<void>()
  const asked = Promise.withResolvers<void>()
  const url = await httpServer(request => {
    request.socket.on('close', closed.resolve)
    asked.resolve()
  })
  const child = fetching(url, temporaryFolder())
  await asked.promise
  child.kill('SIGINT')
  expect((await once(child, 'exit'))[1]).toBe('SIGINT')
  await closed.promise
})

it('removes what a killed process left, and not what a living one is about', async () => {
  const asked = Promise.withResolvers<void>()
  const url = await httpServer(() => asked.resolve())
  const cache = temporaryFolder()
  const child = fetching(url, cache)
  await asked.promise
  const { folder, commit } = temporaryRepository()
  const hash = commit({ a: '1' })
  await fetchCommit({ repo: folder, commit: hash }, cache, options)
  expect(readdirSync(cache)).toHaveLength(2)
  child.kill('SIGKILL')
  await once(child, 'exit')
  await fetchCommit({ repo: folder, commit: commit({ a: '2' }) }, cache, options)
  expect(readdirSync(cache).filter(name => name.startsWith('partial-'))).toEqual([])
})
