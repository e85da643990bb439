/** Hashes of models: what they cover, what they are, and that code never comes with the hash of another. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '../../../test/temporary-folder.ts'
import { findSimulation } from './find-simulation.ts'
import { hashModel } from './model-hash.ts'

const library = pathToFileURL(join(import.meta.dirname, '../../simulations/index.ts')).href
const model = (imports: string, name = 'count') => `
import { defineSimulation, Model, z } from '${library}'
${imports}
export default defineSimulation({
  name: '${name}', version: 1, summary: 'Counts', parameters: z.object({}), steps: 3, model: class extends Model {},
})
`

/** Each way to import, a cycle, and names whose order differs between alphabets and bytes. */
const files: Record<string, string> = {
  'own/model.ts': `import { a, type Shape } from './parts/a.ts'
import rates from './rates.json' with { type: 'json' }
import type { Never } from './types.ts'
export * from '../shared/Über.js'
const later = () => import('./Zones.mts')
export const parts: Shape = { a, rates, later }`,
  'own/parts/a.ts': `import '../model.ts'\nexport { b as a } from './b.cjs'\nexport type Shape = object`,
  'own/parts/b.cjs': 'exports.b = 1',
  'own/rates.json': '{ "import": "./types.ts" }',
  'own/Zones.mts': "import 'zod'\nimport 'node:fs'\nexport const zones: number = 3",
  'shared/Über.js': "export * from './nothing.js'",
  'shared/nothing.js': '',
}
const inOrder = [
  '../shared/nothing.js',
  '../shared/Über.js',
  'Zones.mts',
  'model.ts',
  'parts/a.ts',
  'parts/b.cjs',
  'rates.json',
]
const aside = { 'own/types.ts': 'export type Never = never', 'own/unused.ts': 'export {}' }

function folderWith(contents: Record<string, string>): string {
  const folder = temporaryFolder()
  for (const [name, text] of Object.entries(contents)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')
const hashOf = async (file: string) => (await hashModel(file)).hash

describe('the hash of a model', () => {
  it('is that of its file where it imports no other file', async () => {
    const text = "import { z } from 'zod'\nimport type { A } from './types.ts'\nexport const a: A = z.int()"
    const folder = folderWith({ ...aside, 'model.ts': text })
    expect(await hashOf(join(folder, 'model.ts'))).toBe(sha256(text))
  })

  it('is that of the list of all its files, as sha256sum prints it', async () => {
    const own = join(folderWith({ ...files, ...aside }), 'own')
    const list = inOrder.map(name => `${sha256(readFileSync(join(own, name)))}  ${name}\n`)
    expect(await hashOf(join(own, 'model.ts'))).toBe(sha256(list.join('')))
  })

  it('changes with any byte of any of its files, and with no other file', async () => {
    const folder = folderWith({ ...files, ...aside })
    const start = join(folder, 'own/model.ts')
    const hash = await hashOf(start)
    for (const name of Object.keys(aside)) writeFileSync(join(folder, name), 'export const changed = 1')
    expect(await hashOf(start)).toBe(hash)
    const change = fc.record({
      name: fc.constantFrom(...Object.keys(files)),
      at: fc.nat(),
      by: fc.integer({ min: 1, max: 255 }),
    })
    await fc.assert(
      fc.asyncProperty(change, async ({ name, at, by }) => {
        const whole = Buffer.from(files[name]!)
        const changed = whole.length === 0 ? Buffer.of(by) : Buffer.from(whole)
        if (whole.length > 0) changed[at % whole.length]! ^= by
        writeFileSync(join(folder, name), changed)
        expect(await hashOf(start)).not.toBe(hash)
        writeFileSync(join(folder, name), whole)
        expect(await hashOf(start)).toBe(hash)
      }),
      { numRuns: 100 },
    )
  })

  it('is that of the file behind a link, whose imports start from there', async () => {
    const folder = folderWith(files)
    const elsewhere = temporaryFolder()
    symlinkSync(join(folder, 'own/model.ts'), join(elsewhere, 'link.ts'))
    expect(await hashOf(join(elsewhere, 'link.ts'))).toBe(await hashOf(join(folder, 'own/model.ts')))
  })

  it.each([
    ["import './gone.ts'", 'gone.ts'],
    ['export const = 1', '=|Expression'],
    ["import './parts'", 'parts'],
    ["import './a%2Fb.ts'", '%2F'],
  ])('leaves it to loading to say what is wrong: %s', async (wrong, said) => {
    const folder = folderWith({ 'model.ts': model("import './part.ts'"), 'part.ts': wrong, 'parts/a.ts': '' })
    const path = join(folder, 'model.ts')
    expect((await hashModel(path)).files.size).toBe(2)
    await expect(findSimulation(path)).rejects.toMatchObject({
      code: 'bad-file',
      message: expect.stringMatching(new RegExp(`model\\.ts cannot be loaded: .*(${said})`, 's')),
    })
  })

  it('counts a file whose types cannot be stripped', async () => {
    const own = join(folderWith({ ...files, 'own/parts/a.ts': 'enum Color { red }' }), 'own')
    const left = inOrder.filter(name => name !== 'parts/b.cjs')
    const list = left.map(name => `${sha256(readFileSync(join(own, name)))}  ${name}\n`)
    expect(await hashOf(join(own, 'model.ts'))).toBe(sha256(list.join('')))
  })

  it('is found without a word about how types are stripped', async () => {
    const own = join(folderWith(files), 'own')
    const script = `import { hashModel } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'model-hash.ts')).href)}
      console.log((await hashModel('model.ts')).hash)`
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { cwd: own })
    expect(await run).toEqual({ stdout: `${await hashOf(join(own, 'model.ts'))}\n`, stderr: '' })
  })
})

describe('a model that was loaded', () => {
  it('is not found again once one of its files has changed, for its code would be the old one', async () => {
    const folder = folderWith({
      'model.ts': model("import './part.ts'"),
      'other.ts': model("import './part.ts'", 'other'),
      'part.ts': 'export const part = 1',
    })
    const found = await findSimulation(join(folder, 'model.ts'))
    expect(found.hashed?.hash).toBe(await hashOf(join(folder, 'model.ts')))
    expect(await findSimulation(join(folder, 'model.ts'))).toEqual(found)
    writeFileSync(join(folder, 'part.ts'), 'export const part = 2')
    for (const name of ['model.ts', 'other.ts']) {
      await expect(findSimulation(join(folder, name))).rejects.toMatchObject({
        code: 'run-changed',
        message: expect.stringContaining('part.ts changed since'),
      })
    }
    writeFileSync(join(folder, 'part.ts'), 'export const part = 1')
    expect(await findSimulation(join(folder, 'model.ts'))).toEqual(found)
    rmSync(join(folder, 'part.ts'))
    expect(await hashOf(join(folder, 'model.ts'))).not.toBe(found.hashed?.hash)
  })
})
