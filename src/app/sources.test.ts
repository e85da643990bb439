/** What generators read besides records: files, documents of repositories, changes. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryRepository } from '../../test/temporary-repository.ts'
import { temporaryFolder, temporaryWorkspace } from '../../test/temporary-workspace.ts'
import { sourcesOf } from './sources.ts'

const environment = { PATH: process.env['PATH'] }
const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n'

async function sources(recipeFolder = temporaryFolder()) {
  const workspace = await temporaryWorkspace(environment)
  const read = join(workspace.folder, '.cultivar', 'repositories', 'read')
  return { workspace, read, ...sourcesOf(workspace, 'any', recipeFolder) }
}

it('reads what matches the patterns, each once and in order, and says what it skipped', async () => {
  const { folder, commit } = temporaryRepository()
  const hash = commit({
    'docs/b.md': '# Bees\n\nThey dance.\n',
    'docs/a.txt': 'Ants walk.\n',
    'docs/.hidden.md': 'hidden',
    'docs/c.odt': 'skipped',
    'docs/d.md': pointer,
    'top.md': 'Top.\n',
  })
  const { readRepository } = await sources()
  const documents = await readRepository({ repo: folder, commit: hash, patterns: ['docs/*', 'docs/b.*', 'absent.md'] })
  expect(documents.map(({ name }) => name)).toEqual(['docs/a.txt', 'docs/b.md'])
  expect(documents[1]!.markdown).toContain('They dance.')
  const notes = documents.flatMap(each => each.notes)
  expect(notes).toEqual([
    expect.stringMatching(/no format that can be read: docs\/c\.odt\./),
    expect.stringMatching(/Git LFS.*: docs\/d\.md\./),
  ])
})

it('says why there is nothing to read', async () => {
  const { folder, commit } = temporaryRepository()
  const hash = commit({ 'a.odt': 'skipped', 'b.pdf': pointer })
  const { readRepository } = await sources()
  const read = (...patterns: string[]) => readRepository({ repo: folder, commit: hash, patterns })
  await expect(read('*.md')).rejects.toThrow(/Nothing in .* matches \*\.md/)
  await expect(read('*.odt')).rejects.toThrow(/no format that can be read: a\.odt/)
  await expect(read('*')).rejects.toThrow(/Git LFS/)
  await expect(readRepository({ repo: 'ext::touch x', commit: hash, patterns: ['*'] })).rejects.toThrow(/cannot be the/)
})

it('keeps to one commit of a branch, notes that it may move, and starts paths from the recipe', async () => {
  const { folder, commit } = temporaryRepository()
  const first = commit({ 'a.md': 'one' })
  const { workspace, readRepository } = await sources(folder)
  const choice = { repo: '.', commit: 'main', patterns: ['*.md'] }
  const texts = async (read = readRepository) => (await read(choice)).map(({ markdown }) => markdown.trim())
  expect(await texts()).toEqual(['one'])
  expect((await readRepository(choice))[0]!.notes.join()).toContain(first)
  commit({ 'a.md': 'two' })
  expect(await texts()).toEqual(['one'])
  expect(await texts(sourcesOf(workspace, 'any', folder).readRepository)).toEqual(['two'])
})

it('reads a document once, whether from a repository or a folder, and again after a crash left half of it', async () => {
  const { folder, commit } = temporaryRepository()
  const hash = commit({ 'a.md': '# Title\n\nText.\n' })
  const { read, readRepository, readDocument } = await sources(folder)
  const choice = { repo: folder, commit: hash, patterns: ['a.md'] }
  const [document] = await readRepository(choice)
  const [kept] = readdirSync(read)
  expect(readdirSync(read)).toHaveLength(1)
  writeFileSync(join(read, kept!), readFileSync(join(read, kept!), 'utf8').replace('Text.', 'Kept.'))
  expect((await readRepository(choice))[0]!.markdown).toContain('Kept.')
  expect((await readDocument('a.md')).markdown).toContain('Kept.')
  writeFileSync(join(read, kept!), '{"markdown":')
  rmSync(join(folder, '.git'), { recursive: true })
  expect(await readRepository(choice)).toEqual([document])
  expect(readdirSync(read)).toEqual([kept])
})

it('lists what changed below a folder, and all of it since empty, with or without a repository', async () => {
  const { folder, write, commit } = temporaryRepository()
  commit({ 'tree/a': '1', 'tree/b': '1', 'tree/.hidden': '1', c: '1' })
  write('tree/b', '2')
  write('tree/.hidden', '2')
  const { listChanges } = await sources(folder)
  expect(await listChanges('tree', 'HEAD')).toEqual(['b'])
  expect(await listChanges('tree', 'empty')).toEqual(['a', 'b'])
  rmSync(join(folder, '.git'), { recursive: true })
  expect(await listChanges('tree', 'empty')).toEqual(['a', 'b'])
  await expect(listChanges('tree', 'HEAD')).rejects.toThrow(/not in a git repository/)
})
