/** Documents of a project: added once, found by name or id, shown by page, and known to runs. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { allOf } from '../../../test/all-of.ts'
import { temporaryFolder, temporaryWorkspace } from '../../../test/temporary-workspace.ts'
import { CultivarError } from '../../model/error.ts'
import { createProject, removeProject } from '../projects.ts'
import { sourcesOf } from '../sources.ts'
import { addDocuments } from './add-documents.ts'
import { documentChunks } from './document-chunks.ts'
import { listDocuments, pageSpan, removeDocument, requireDocument, withPageMarks } from './stored-documents.ts'

async function plant(files: Record<string, string | Buffer>) {
  const folder = temporaryFolder()
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'plant' })
  const add = (...paths: string[]) =>
    addDocuments(workspace, { project: 'plant', sources: paths.map(path => join(folder, path)) })
  const names = async () => (await listDocuments(workspace, 'plant')).map(({ name }) => name)
  return { folder, workspace, add, names }
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no error',
    (error: unknown) => (error instanceof CultivarError ? error.code : String(error)),
  )

it('adds what can be read, in order, names what cannot, and goes on', async () => {
  const { add, names } = await plant({
    'manual.md': '# Manual\n\nThe pump starts at noon.\n',
    'empty.md': '',
    'notes.txt': 'The valve is shut.',
  })
  const report = await add('manual.md', 'empty.md', 'missing.md', 'notes.txt')
  expect(report.added).toMatchObject([
    { name: 'manual.md', title: 'Manual', format: 'markdown', pages: 0, bytes: 35 },
    { name: 'notes.txt', format: 'text', pages: 0, characters: 18 },
  ])
  expect(report.failed.map(({ code }) => code)).toEqual(['bad-file', 'not-found'])
  for (const { message, hint } of report.failed) {
    expect(message).toMatch(/empty\.md|missing\.md/)
    expect(hint).not.toBe('')
  }
  expect(await names()).toEqual(['manual.md', 'notes.txt'])
})

it('adds the same file once, whatever it is called and however often', async () => {
  const { add, names } = await plant({ 'a.md': 'The pump.', 'b.md': 'The pump.', 'c.md': 'The valve.' })
  expect((await add('a.md', 'b.md', 'a.md')).present).toMatchObject([{ name: 'a.md' }, { name: 'a.md' }])
  const again = await add('a.md', 'c.md')
  expect([again.added.length, again.present.length]).toEqual([1, 1])
  expect(await names()).toEqual(['a.md', 'c.md'])
})

it('adds all documents below a folder by their path there, and names what is none', async () => {
  const { folder, add, names } = await plant({
    'docs/b/read.md': 'Read b.',
    'docs/a/read.md': 'Read a.',
    'docs/logo.png': Buffer.from([0x89, 0x50, 0x4e, 0x47]),
    'docs/.hidden.md': 'hidden',
    'bare/logo.png': 'x',
  })
  const report = await add('docs')
  expect(await names()).toEqual(['a/read.md', 'b/read.md'])
  expect(report.skipped).toEqual([join(folder, 'docs/logo.png')])
  expect(report.failed).toEqual([])
  expect((await add('bare')).failed).toMatchObject([{ code: 'not-found', source: join(folder, 'bare') }])
})

it('refuses files that are too large, without reading them', async () => {
  const { folder, workspace } = await plant({ 'large.txt': 'word '.repeat(300_000) })
  const sources = [join(folder, 'large.txt')]
  const { failed } = await addDocuments(workspace, { project: 'plant', sources, maxMb: 1 })
  expect(failed).toMatchObject([{ code: 'bad-file', message: expect.stringContaining('1.4 MB') }])
  expect((await addDocuments(workspace, { project: 'plant', sources, maxMb: 2 })).added).toHaveLength(1)
})

it('stops when told to, keeps what it had, and goes on from there', async () => {
  const files = Object.fromEntries(Array.from({ length: 9 }, (_, at) => [`docs/${at}.md`, `Text ${at}.`]))
  const { folder, workspace, names } = await plant(files)
  const stopping = new AbortController()
  const options = { project: 'plant', sources: [join(folder, 'docs')] }
  const stopped = addDocuments(workspace, {
    ...options,
    signal: stopping.signal,
    observe: ({ done }) => done === 4 && stopping.abort(),
  })
  expect(await codeOf(stopped)).toBe('interrupted')
  const before = await names()
  expect(before.length).toBeLessThan(9)
  const rest = await addDocuments(workspace, options)
  expect(rest.failed).toEqual([])
  expect(rest.present).toHaveLength(before.length)
  expect(await names()).toEqual(Object.keys(files).map(path => path.slice(5)))
})

it('finds a document by name, by the end of its path and by the beginning of its id, and refuses what fits several', async () => {
  const { workspace, add } = await plant({
    'd/a/read.md': 'Read a.',
    'd/b/read.md': 'Read b.',
    'd/b/other.md': 'Other.',
  })
  const { added } = await add('d')
  const find = async (named: string) => (await requireDocument(workspace, 'plant', named)).name
  expect(await find('a/read.md')).toBe('a/read.md')
  expect(await find('other.md')).toBe('b/other.md')
  for (const { id, name } of added) expect(await find(id.slice(0, 12))).toBe(name)
  const refused = await requireDocument(workspace, 'plant', 'read.md').catch((error: CultivarError) => error)
  expect(refused).toMatchObject({ code: 'bad-input', hint: expect.stringMatching(/a\/read\.md\n.*b\/read\.md/) })
  const unknown = await requireDocument(workspace, 'plant', 'b/othre.md').catch((error: CultivarError) => error)
  expect(unknown).toMatchObject({ code: 'not-found', message: expect.stringContaining('“b/other.md”') })
  expect(await codeOf(requireDocument(workspace, 'nobody', 'x'))).toBe('not-found')
})

it('removes a document from its project, and all with the project', async () => {
  const { workspace, add, names } = await plant({ 'a.md': 'The pump.', 'b.md': 'The valve.' })
  await add('a.md', 'b.md')
  expect(await removeDocument(workspace, 'plant', 'a.md')).toMatchObject({ name: 'a.md' })
  expect(await codeOf(removeDocument(workspace, 'plant', 'a.md'))).toBe('not-found')
  expect(await names()).toEqual(['b.md'])
  await removeProject(workspace, 'plant')
  await createProject(workspace, { name: 'plant' })
  expect(await names()).toEqual([])
})

it('gives runs the documents of their project alone, whole and in order', async () => {
  const { folder, workspace, add } = await plant({ 'b.md': 'The pump.', 'a.md': 'The valve.' })
  await createProject(workspace, { name: 'other' })
  await add('b.md', 'a.md')
  const documents = await allOf(sourcesOf(workspace, 'plant', folder).documents())
  expect(documents.map(({ name, markdown }) => [name, markdown.trim()])).toEqual([
    ['b.md', 'The pump.'],
    ['a.md', 'The valve.'],
  ])
  expect(await allOf(sourcesOf(workspace, 'other', folder).documents())).toEqual([])
})

it('shows pages where there are some: marked, alone, and in chunks', async () => {
  const { workspace, add } = await plant({
    'book.txt': 'Page one.\n\fPage two.\n\fPage three.',
    'flat.md': 'No pages.',
  })
  await add('book.txt', 'flat.md')
  const book = await requireDocument(workspace, 'plant', 'book.txt')
  expect(book.pages).toHaveLength(3)
  expect(withPageMarks(book)).toMatch(
    /^<!-- page 1 -->\nPage one\.\n+<!-- page 2 -->\nPage two\.\n+<!-- page 3 -->\nPage three\.$/,
  )
  const pages = [1, 2, 3].map(page => pageSpan(book, page)).map(({ start, end }) => book.markdown.slice(start, end))
  expect(pages.join('')).toBe(book.markdown)
  expect(() => pageSpan(book, 4)).toThrow('no page 4')
  const chunks = documentChunks(book, { maxTokens: 4 })
  expect(chunks.map(({ page }) => page)).toEqual([1, 2, 3])
  expect(chunks.map(({ number }) => number)).toEqual([1, 2, 3])
  const flat = await requireDocument(workspace, 'plant', 'flat.md')
  expect(withPageMarks(flat)).toBe(flat.markdown)
  expect(documentChunks(flat, { maxTokens: 50 })[0]).not.toHaveProperty('page')
  expect(() => pageSpan(flat, 1)).toThrow('no pages')
})
