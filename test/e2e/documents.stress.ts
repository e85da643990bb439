/** Documents by command: added, listed, shown, cut into chunks, removed. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createProject } from '../../src/app/projects.ts'
import { pdfFile } from '../pdf-file.ts'
import { temporaryWorkspace } from '../temporary-workspace.ts'
import { cultivar, json } from './command-line.ts'

const manual = `# Pump manual

## Starting

The pump starts at **noon**. Open the valve first.

| Part | Weight |
|---|---|
| Valve | 3 kg |

## Stopping

Close the valve. ${'Then wait for a minute. '.repeat(40)}
`
const page = `<!doctype html><title>Valve care</title><nav>Home | About | Contact</nav>
<main><h1>Valve care</h1><p>${'Oil the valve every spring, and look at its seal. '.repeat(8)}</p></main>`
const pages = [
  ['The first page tells of the pump and how it is started.', 'It is started by hand.'],
  ['The second page tells of the valve and how it is shut.', 'It is shut by hand too.'],
]

async function plant() {
  const workspace = await temporaryWorkspace()
  const { folder } = workspace
  await createProject(workspace, { name: 'plant', kind: 'text' })
  mkdirSync(join(folder, 'docs', 'more'), { recursive: true })
  writeFileSync(join(folder, 'docs', 'manual.md'), manual)
  writeFileSync(join(folder, 'docs', 'more', 'care.html'), page)
  writeFileSync(join(folder, 'docs', 'more', 'logo.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47]))
  writeFileSync(join(folder, 'guide.pdf'), pdfFile(pages))
  writeFileSync(join(folder, 'locked.pdf'), pdfFile(pages, 'sesame'))
  writeFileSync(join(folder, 'broken.pdf'), `${pdfFile(pages).toString('latin1').slice(0, 60)}`)
  return { run: (...args: string[]) => cultivar(folder, ['documents', ...args]) }
}

it('leads from files to chunks that point into them', async () => {
  const { run } = await plant()
  const added = await run('add', 'docs', 'guide.pdf')
  expect(added.code, added.stderr + added.stdout).toBe(0)
  expect(added.stdout).toMatch(/ok +manual\.md .*“Pump manual”/)
  expect(added.stdout).toMatch(/ok +more\/care\.html .*“Valve care”/)
  expect(added.stdout).toMatch(/ok +guide\.pdf .*2 pages/)
  expect(added.stdout).toMatch(/skip .*logo\.png/)
  expect(added.stdout).toContain('3 documents added, 1 skipped.')

  const [listed, whole, care, marked, second, chunked, told] = await Promise.all([
    run('list', '--json'),
    run('show', 'manual.md', '--json'),
    run('show', 'care.html'),
    run('show', 'guide.pdf'),
    run('show', 'guide.pdf', '--page', '2'),
    run('chunks', 'manual.md', '--max-tokens', '60', '--overlap', '15', '--json'),
    run('chunks', 'guide.pdf'),
  ])
  expect(json(listed).map(({ name, pages }: { name: string; pages: number }) => [name, pages])).toEqual([
    ['manual.md', 0],
    ['more/care.html', 0],
    ['guide.pdf', 2],
  ])
  const { markdown } = json(whole)
  expect(markdown).toContain('| Valve | 3 kg |')
  expect(care.stdout).toContain('Oil the valve')
  expect(care.stdout).not.toContain('Contact')
  expect(marked.stdout).toMatch(/<!-- page 1 -->\n[\s\S]*first page[\s\S]*<!-- page 2 -->\n[\s\S]*second page/)
  expect(second.stdout).toContain('second page')
  expect(second.stdout).not.toContain('first page')
  const chunks = json(chunked)
  for (const { text, start, end, tokens } of chunks) {
    expect(text).toBe(markdown.slice(start, end))
    expect(tokens).toBeLessThanOrEqual(60)
  }
  expect(chunks[0]).toMatchObject({ number: 1, headings: ['Pump manual', 'Starting'] })
  expect(chunks.at(-1).headings).toEqual(['Pump manual', 'Stopping'])
  expect(told.stdout).toMatch(/── 1 · .*page 1 · 0–\d+ · \d+ tokens/)

  const id = json(listed)[0].id
  expect((await run('remove', id.slice(0, 8))).stdout).toMatch(/^Removed document manual\.md/)
  expect((await run('list')).stdout).not.toContain('manual.md')
})

it('names what cannot be read, adds the others, and ends with 2', async () => {
  const { run } = await plant()
  const ended = await run('add', 'broken.pdf', 'missing.docx', 'guide.pdf', 'guide.pdf', 'locked.pdf')
  expect(ended.code).toBe(2)
  expect(ended.stdout).toMatch(/FAIL .*broken\.pdf: “broken\.pdf” .*\n +\S/)
  expect(ended.stdout).toMatch(/FAIL .*missing\.docx/)
  expect(ended.stdout).toMatch(/FAIL .*locked\.pdf: .*--password/)
  expect(ended.stdout).toMatch(/same .*guide\.pdf: there already as “guide\.pdf”/)
  expect(ended.stdout).toContain('1 document added, 1 there already, 3 could not be read.')
  const opened = await run('add', 'locked.pdf', '--password', 'sesame')
  expect(opened.stdout).toMatch(/ok +locked\.pdf .*2 pages/)
  expect(opened.code).toBe(0)
})

it('fetches an address of this machine only where that is allowed', async () => {
  const { run } = await plant()
  const server = createServer((_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(page))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/care`
  const refused = await run('add', address)
  expect(refused.code).toBe(2)
  expect(refused.stdout).toContain('--allow-private')
  const added = await run('add', address, '--allow-private')
  expect(added.code, added.stdout).toBe(0)
  expect(added.stdout).toMatch(/ok +http:\/\/127.*“Valve care”/)
})
