/** Recipes that name simulations: a file beside the recipe, whose change makes another run, and none in a confined workspace. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { temporaryWorkspace } from '../../../test/temporary-workspace.ts'
import { recipe as recipeSchema } from '../../model/recipe.ts'
import { createProject } from '../projects.ts'
import { resumeRun, runRecipe } from '../run-recipe.ts'

const library = pathToFileURL(join(import.meta.dirname, '../../simulations/index.ts')).href
const model = (start: number) => `
import { defineSimulation, Model, z } from '${library}'

class Count extends Model {
  ticks = this.createTable('ticks', { tick: 'integer' }, { every: 1, row: () => ({ tick: ${start} + this.steps }) })
}

export default defineSimulation({
  name: 'count', version: 1, summary: 'Counts', parameters: z.object({}), steps: 20, model: Count,
})
`

async function prepared() {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'counts', kind: 'records' })
  const recipeFolder = join(workspace.folder, 'recipes')
  mkdirSync(recipeFolder)
  const write = (name: string, start: number) => writeFileSync(join(recipeFolder, name), model(start))
  const recipe = (simulation: string, target?: number) =>
    recipeSchema.parse({
      ...{ project: 'counts', generator: 'simulation', params: { simulation, source: false } },
      ...(target !== undefined && { target }),
    })
  const ticks = async (run: string) => {
    const found = []
    for await (const { fields, run: own } of workspace.store.streamRecords('counts'))
      if (own === run) found.push(fields)
    return found.map(({ tick }) => tick)
  }
  return { workspace, recipeFolder, write, recipe, ticks }
}

it('finds a file from the recipe’s folder, goes on with its run, and makes another run once it has changed', async () => {
  const { workspace, recipeFolder, write, recipe, ticks } = await prepared()
  write('count.ts', 0)
  const all = Array.from({ length: 21 }, (_, tick) => tick)
  const { run } = await runRecipe(workspace, recipe('./count.ts'), { recipeFolder })
  expect(await ticks(run)).toEqual(all)
  expect((await resumeRun(workspace, run)).run).toBe(run)
  expect(await ticks(run)).toEqual(all)
  // A module is loaded once in a process, so the changed one has another name.
  write('other.ts', 100)
  const other = await runRecipe(workspace, recipe('./other.ts'), { recipeFolder })
  expect(other.run).not.toBe(run)
  expect(await ticks(other.run)).toEqual(all.map(tick => 100 + tick))
})

it('refuses to go on with a run whose file has changed', async () => {
  const { workspace, recipeFolder, write, recipe } = await prepared()
  write('count.ts', 0)
  const few = await runRecipe(workspace, recipe('./count.ts', 5), { recipeFolder })
  write('count.ts', 7)
  await expect(resumeRun(workspace, few.run, { target: 21 })).rejects.toMatchObject({ code: 'run-changed' })
})

it('runs no code that a recipe names in a confined workspace, and what is built in all the same', async () => {
  const { workspace, recipeFolder, write, recipe, ticks } = await prepared()
  write('count.ts', 0)
  const confined = { ...workspace, confined: true }
  await expect(runRecipe(confined, recipe('./count.ts'), { recipeFolder })).rejects.toMatchObject({
    code: 'bad-recipe',
    message: expect.stringContaining('runs no code'),
  })
  const { run } = await runRecipe(confined, recipe('wolf-sheep', 3), { recipeFolder })
  expect(await ticks(run)).toHaveLength(3)
})
