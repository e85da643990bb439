/** Commits fetched from real repositories, on disk and over HTTP. */
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { httpServer } from '../../test/http-server.ts'
import { temporaryFolder } from '../../test/temporary-folder.ts'
import { temporaryRepository } from '../../test/temporary-repository.ts'
import { listCommitFiles, readCommitFile } from './commit-files.ts'
import { fetchCommit, findCommit } from './fetch-commit.ts'
import { runGit } from './run-git.ts'

const environment = { PATH: process.env['PATH'] }
const options = { environment }

async function texts(choice: { repo: string; commit: string }, cache: string): Promise<Record<string, string>> {
  const commit = await fetchCommit(choice, cache, options)
  const files = await listCommitFiles(commit, options)
  const read = files.map(async file => [file.path, (await readCommitFile(commit, file, options)).toString()] as const)
  return Object.fromEntries(await Promise.all(read))
}

it('fetches a commit without its history, and its files as they were committed', async () => {
  const { folder, commit } = temporaryRepository()
  const first = commit({ 'docs/a b.md': 'one\r\n', '.gitattributes': '*.md text eol=crlf filter=lfs ident\n' })
  symlinkSync('/etc/passwd', join(folder, 'outside.md'))
  commit({ 'docs/a b.md': 'two $Id$\n', 'ö.md': 'three' })
  const cache = temporaryFolder()
  const choice = { repo: folder, commit: first }
  expect(await texts(choice, cache)).toMatchObject({ 'docs/a b.md': 'one\n' })
  const { folder: kept } = await fetchCommit(choice, cache, options)
  const counted = await runGit(kept, ['--git-dir=.', 'rev-list', '--count', '--all'], options)
  expect(counted.output.toString().trim()).toBe('1')
  expect(Object.keys(await texts({ repo: folder, commit: 'main' }, cache))).toEqual([
    '.gitattributes',
    'docs/a b.md',
    'ö.md',
  ])
  expect((await texts({ repo: folder, commit: 'main' }, cache))['docs/a b.md']).toBe('two $Id$\n')
})

it('looks a branch up each time and a hash never again', async () => {
  const { folder, git, commit } = temporaryRepository()
  const cache = temporaryFolder()
  const first = commit({ a: '1' })
  git('tag', '--annotate', '--message=x', 'both')
  const found = async (name: string) => (await fetchCommit({ repo: folder, commit: name }, cache, options)).hash
  expect(await found('main')).toBe(first)
  const second = commit({ a: '2' })
  git('branch', 'both')
  const third = commit({ a: '3' })
  expect(await found('main')).toBe(third)
  expect(await found('HEAD')).toBe(third)
  expect(await found('both')).toBe(first)
  expect(await found('refs/heads/both')).toBe(second)
  git('branch', '--delete', 'both')
  expect(await found(second.slice(0, 9))).toBe(second)
  rmSync(folder, { recursive: true })
  for (const name of [first, first.toUpperCase(), second.slice(0, 9)])
    expect(first + second).toContain(await found(name))
  expect(await findCommit({ repo: `${folder}/`, commit: third }, cache)).toMatchObject({ hash: third, moving: false })
  expect(await findCommit({ repo: folder, commit: 'main' }, cache)).toBeUndefined()
  await expect(found('main')).rejects.toThrow(/no repository at/)
})

it('says what is there instead of a commit that is not', async () => {
  const { folder, commit } = temporaryRepository()
  commit({ a: '1' })
  const fetched = (name: string, repo = folder) => fetchCommit({ repo, commit: name }, temporaryFolder(), options)
  await expect(fetched('mian')).rejects.toThrow(/no commit, tag or branch “mian”; did you mean “main”/)
  for (const name of ['0123456789', '0'.repeat(40), '1'.repeat(64)]) {
    await expect(fetched(name)).rejects.toMatchObject({ code: 'not-found' })
  }
  await expect(fetched('main', temporaryFolder())).rejects.toMatchObject({ code: 'not-found' })
  await expect(fetched('main', '/nowhere/github.com/ada/notes')).rejects.toMatchObject({
    hint: expect.stringContaining('https://github.com/ada/notes'),
  })
  await expect(
    fetchCommit({ repo: folder, commit: 'main' }, temporaryFolder(), { environment: { PATH: folder } }),
  ).rejects.toThrow(/no git on this machine/)
})

it('fetches all of it from a server that gives no single commit', async () => {
  const { folder, git, commit } = temporaryRepository()
  const first = commit({ a: '1' })
  commit({ a: '2' })
  git('update-server-info')
  const url = await httpServer((request, response) => {
    const file = join(folder, '.git', decodeURIComponent(request.url!.split('?')[0]!.replace('/notes', '')))
    if (existsSync(file) && !file.endsWith('/')) response.end(readFileSync(file))
    else response.writeHead(404).end()
  })
  const cache = temporaryFolder()
  expect(await texts({ repo: `${url}/notes`, commit: first }, cache)).toEqual({ a: '1' })
  expect(await texts({ repo: `${url}/notes`, commit: 'main' }, cache)).toEqual({ a: '2' })
  await expect(texts({ repo: `${url}/other`, commit: 'main' }, cache)).rejects.toThrow(/no repository at/)
})

it('lets several fetch the same commit at once', async () => {
  const { folder, commit } = temporaryRepository()
  const hash = commit({ a: '1' })
  const cache = temporaryFolder()
  const all = await Promise.all(
    Array.from({ length: 5 }, () => fetchCommit({ repo: folder, commit: hash }, cache, options)),
  )
  expect(new Set(all.map(each => each.folder)).size).toBe(1)
  expect(readdirSync(cache)).toHaveLength(1)
  expect(await texts({ repo: folder, commit: hash }, cache)).toEqual({ a: '1' })
})
