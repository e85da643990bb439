/** Runs in their folders: whose files they replace, and what is left where they cannot be written. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
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

describe('in a folder that is not empty', () => {
  const short = { ...order, simulation: 'wolf-sheep', spelled: ['size=10'], steps: 4 }
  let out: string
  let times = 0

  beforeEach(() => {
    out = join(folder, `out-${++times}`)
  })

  const read = async () =>
    Object.fromEntries(
      await Promise.all((await readdir(out)).map(async name => [name, await readFile(join(out, name), 'utf8')])),
    )

  it('the same run comes again to the same bytes, as often as one likes', async () => {
    await runToFiles({ ...short, out })
    const first = await read()
    await runToFiles({ ...short, out })
    expect(await read()).toEqual(first)
    await runToFiles({ ...short, out, format: 'jsonl' })
    expect((await readdir(out)).sort()).toEqual(['card.md', 'counts.jsonl', 'simulation.json'])
  })

  it.each([
    ['seed', { seed: 2 }],
    ['steps', { steps: 3 }],
    ['size', { spelled: ['size=11'] }],
    ['model', { simulation: 'epidemic', spelled: [] }],
  ])('another %s is another run, which replaces the first only where that is asked for', async (what, more) => {
    await runToFiles({ ...short, out })
    const first = await read()
    await expect(runToFiles({ ...short, ...more, out })).rejects.toMatchObject({
      ...{ code: 'already-exists', details: { others: expect.arrayContaining([what]) } },
      hint: expect.stringContaining('--overwrite'),
    })
    expect(await read()).toEqual(first)
    const { lineage } = await runToFiles({ ...short, ...more, out, overwrite: true })
    const names = [...lineage.files.map(({ file }) => file), 'card.md', 'simulation.json']
    expect((await readdir(out)).sort()).toEqual(names.sort())
  })

  it.each(['counts.csv', 'card.md', 'simulation.json'])('a %s of somebody else is not replaced', async name => {
    await mkdir(out)
    await writeFile(join(out, name), 'mine')
    await expect(runToFiles({ ...short, out })).rejects.toMatchObject({
      ...{ code: 'already-exists', message: expect.stringContaining(name) },
    })
    expect(await read()).toEqual({ [name]: 'mine' })
    await runToFiles({ ...short, out, overwrite: true })
    expect((await read())[name]).not.toBe('mine')
  })

  it('what somebody changed is not removed with the files of a run before', async () => {
    await runToFiles({ ...short, out })
    await writeFile(join(out, 'counts.csv'), 'mine')
    await runToFiles({ ...short, out, format: 'jsonl' })
    expect((await read())['counts.csv']).toBe('mine')
  })
})
