/** Recipes that name simulations: files beside the recipe, whose change makes another run; none where confined, none without an end. */
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { temporaryWorkspace } from '../../../test/temporary-workspace.ts'
import { grow } from '../../engine/grow.ts'
import { recipe as recipeSchema } from '../../model/recipe.ts'
import { composeRun } from '../compose-run.ts'
import { prepareInWorkspace } from '../prepare-in-workspace.ts'
import { thisProcess } from '../process-holder.ts'
import { createProject } from '../projects.ts'
import { resumeRun, runRecipe } from '../run-recipe.ts'
import { recipeSimulations } from './recipe-simulations.ts'

const library = pathToFileURL(join(import.meta.dirname, '../../simulations/index.ts')).href
/** Counts steps from a number on; the third of them never ends while `globalThis.hang` says so. */
const model = (start: number) => `
import { defineSimulation, Model, z } from '${library}'

class Count extends Model {
  ticks = this.createTable('ticks', { tick: 'integer' }, { every: 1, row: () => ({ tick: ${start} + this.steps }) })

  step() {
    while (globalThis.hang && this.steps === 3);
  }
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
  write('first.ts', 0)
  write('second.ts', 7)
  const file = join(recipeFolder, 'count.ts')
  symlinkSync('first.ts', file)
  const few = await runRecipe(workspace, recipe('./count.ts', 5), { recipeFolder })
  // What was loaded would be refused itself, so the path leads to another file.
  rmSync(file)
  symlinkSync('second.ts', file)
  await expect(resumeRun(workspace, few.run, { target: 21 })).rejects.toMatchObject({
    code: 'run-changed',
    details: { run: few.run, changed: ['simulation:./count.ts'] },
  })
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

it('ends a plan and a run whose step never ends, with an error that says which', async () => {
  const { workspace, recipeFolder, write, recipe, ticks } = await prepared()
  write('count.ts', 50)
  const counting = recipe('./count.ts')
  const composed = await composeRun(workspace, counting, { recipeFolder })
  const plugins = { ...composed, findSimulation: recipeSimulations(workspace, recipeFolder, 200) }
  const plan = () => prepareInWorkspace(workspace, counting, plugins, { recipeFolder })
  const refusal = {
    code: 'too-slow',
    message: '“count” stopped at step 3: it was not done within 0.2 s.',
    hint: expect.stringContaining('that is the model’s mistake'),
  }
  onTestFinished(() => void Reflect.deleteProperty(globalThis, 'hang'))
  Object.assign(globalThis, { hang: true })
  await expect(plan()).rejects.toMatchObject(refusal)
  Object.assign(globalThis, { hang: false })
  const planned = await plan()
  Object.assign(globalThis, { hang: true })
  const { runs, clock } = workspace
  const holder = thisProcess(clock.now())
  const growing = grow({ prepared: planned, plugins, store: runs, clock, holder, limits: counting.limits })
  await expect(growing).rejects.toMatchObject(refusal)
  expect(await ticks(planned.run.id)).toEqual([])
})
