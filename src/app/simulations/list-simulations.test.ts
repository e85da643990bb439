/** Files as lists show them, whatever they do while they are loaded. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeSimulation } from './list-simulations.ts'

const library = join(import.meta.dirname, '../../simulations/index.ts')

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'list-simulations-'))
})
afterAll(() => rm(folder, { recursive: true }))

async function written(name: string, loading: string, making: string): Promise<string> {
  const path = join(folder, `${name}.ts`)
  await writeFile(
    path,
    `import { agent, defineSimulation, Model, z } from '${library}'
${loading}
class Hen extends agent({ eggs: 'u8' }) {}
class Own extends Model {
  made = ${making}
  hens = this.createPopulation(Hen, undefined, 'hens')
  table = this.createTable('laid', { eggs: 'integer' }, { every: 1, row: () => ({ eggs: 1 }) })
}
const parameters = z.object({ hens: z.int().min(1).max(9).default(3) })
export default defineSimulation({ name: '${name}', version: 2, summary: 'Hens', parameters, steps: 4, model: Own })
`,
  )
  return path
}

it('shows a file in full', async () => {
  const path = await written('hens', '', '1')
  expect(await describeSimulation(path)).toMatchObject({
    ...{ name: 'hens', version: 2, from: path, hash: expect.stringMatching(/^[0-9a-f]{64}$/), steps: 4 },
    parameters: [{ name: 'hens', type: 'integer', default: 3, minimum: 1, maximum: 9 }],
    tables: [{ name: 'laid', columns: expect.arrayContaining([expect.objectContaining({ name: 'eggs' })]) }],
    populations: [{ name: 'hens', fields: [{ name: 'eggs', type: 'integer' }] }],
  })
})

it.each([
  ['is loaded', 'for (;;);', '1'],
  ['is made', '', '(() => { for (;;); })()'],
])('gives up a file that never ends while it %s, as a run of it does', async (_, loading, making) => {
  const path = await written('endless', loading, making)
  await expect(describeSimulation(path, 1500)).rejects.toMatchObject({
    code: 'too-slow',
    message: `“${path}” was not loaded and set up in time, and could not be interrupted.`,
  })
})

it('says what is wrong with a file as elsewhere', async () => {
  await expect(describeSimulation(join(folder, 'none.ts'))).rejects.toMatchObject({ code: 'not-found' })
  const broken = await written('broken', 'throw new RangeError("no hens")', '1')
  await expect(describeSimulation(broken)).rejects.toMatchObject({
    code: 'bad-file',
    message: `${broken} cannot be loaded: RangeError in line 2: no hens`,
  })
  const unmade = await written('unmade', '', '(() => { throw new RangeError("no nest") })()')
  await expect(describeSimulation(unmade)).rejects.toMatchObject({ message: expect.stringContaining('no nest') })
})
