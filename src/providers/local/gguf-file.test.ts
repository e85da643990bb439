/** A model file: known by what is in it, and by nothing else. */
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { identifyModel } from './gguf-file.ts'

function place() {
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-gguf-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return { folder, path: join(folder, 'some.gguf'), cacheFile: join(folder, 'hashes.json') }
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex')

it('is known by the hash of all its bytes, wherever it lies', async () => {
  const { folder, path, cacheFile } = place()
  writeFileSync(path, 'GGUF and more')
  const file = await identifyModel(path, { cacheFile })
  expect(file).toEqual({ path, sha256: hashOf('GGUF and more'), bytes: 13 })
  const moved = join(folder, 'moved.gguf')
  renameSync(path, moved)
  expect((await identifyModel(moved, { cacheFile })).sha256).toBe(file.sha256)
})

it('is another one as soon as a byte in its middle changes, and hashed once as long as none does', async () => {
  const { path, cacheFile } = place()
  writeFileSync(path, 'GGUF one end')
  await identifyModel(path, { cacheFile })
  const planted = readFileSync(cacheFile, 'utf8').replace(hashOf('GGUF one end'), 'f'.repeat(64))
  writeFileSync(cacheFile, planted)
  expect((await identifyModel(path, { cacheFile })).sha256).toBe('f'.repeat(64))

  const { atime, mtime } = statSync(path)
  writeFileSync(path, 'GGUF two end')
  expect((await identifyModel(path, { cacheFile })).sha256).toBe(hashOf('GGUF two end'))
  // A copy that keeps the time of another file, as tar and rsync make them.
  rmSync(path)
  writeFileSync(path, 'GGUF one end')
  utimesSync(path, atime, new Date(mtime.getTime() - 5000))
  expect((await identifyModel(path, { cacheFile })).sha256).toBe(hashOf('GGUF one end'))
})

it('does without a cache that was damaged', async () => {
  const { path, cacheFile } = place()
  writeFileSync(path, 'GGUF')
  for (const damaged of ['', '{"', '[]', '{"x":{"size":4}}']) {
    writeFileSync(cacheFile, damaged)
    expect((await identifyModel(path, { cacheFile })).sha256).toBe(hashOf('GGUF'))
  }
})

it.each([
  ['a web page', '<!DOCTYPE html><html>', 'web page'],
  ['another format', 'PK\u0003\u0004', 'GGUF'],
  ['nothing', '', 'GGUF'],
])('takes %s for no model', async (_, content, hint) => {
  const { path, cacheFile } = place()
  writeFileSync(path, content)
  await expect(identifyModel(path, { cacheFile })).rejects.toMatchObject({
    code: 'bad-file',
    hint: expect.stringContaining(hint),
  })
})

it('says what is wrong with a place or a checksum', async () => {
  const { folder, path, cacheFile } = place()
  await expect(identifyModel(path, { cacheFile })).rejects.toMatchObject({ code: 'not-found' })
  mkdirSync(join(folder, 'folder.gguf'))
  await expect(identifyModel(join(folder, 'folder.gguf'), { cacheFile })).rejects.toMatchObject({ code: 'bad-file' })
  writeFileSync(join(folder, 'a-00001-of-00002.gguf'), 'GGUF')
  await expect(identifyModel(join(folder, 'a-00001-of-00002.gguf'), { cacheFile })).rejects.toMatchObject({
    code: 'bad-file',
    hint: expect.stringContaining('gguf-split'),
  })
  writeFileSync(path, 'GGUF')
  await expect(identifyModel(path, { cacheFile, expected: '0'.repeat(64) })).rejects.toMatchObject({
    code: 'bad-file',
    message: expect.stringContaining(hashOf('GGUF')),
  })
})
