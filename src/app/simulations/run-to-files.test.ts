/** Runs that cannot be written leave no thread behind. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runToFiles } from './run-to-files.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'run-to-files-'))
})

afterAll(() => rm(folder, { recursive: true }))

const order = { simulation: 'schelling', seed: 1, format: 'csv', stepTimeoutMs: 60_000, steps: 1_000_000 } as const

function threads(): number {
  return process.getActiveResourcesInfo().filter(name => name === 'MessagePort' || name === 'Timeout').length
}

it.each([
  { what: 'the folder is a file', more: {}, message: /taken/ },
  { what: 'nothing can be learned from it', more: { learn: true }, message: /does not say what can be learned/ },
])('ends the thread where $what', async ({ more, message }) => {
  const out = join(folder, 'taken')
  await writeFile(out, '')
  const before = threads()
  await expect(runToFiles({ ...order, out, ...more })).rejects.toThrow(message)
  expect(threads()).toBeLessThanOrEqual(before)
  expect(await readdir(folder)).toEqual(['taken'])
})
