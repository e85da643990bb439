/** Grows one run into a SQLite file in a folder of its own, with the real engine, store and clock. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive, thisProcess } from '../src/app/process-holder.ts'
import { systemClock } from '../src/app/system-clock.ts'
import { type GrowResult, grow } from '../src/engine/grow.ts'
import { type PreparedRun, prepareRun } from '../src/engine/prepare-run.ts'
import type { RunPlugins } from '../src/engine/run-plugins.ts'
import { project as projectSchema } from '../src/model/project.ts'
import { type Recipe, type RecipeInput, recipe as recipeSchema } from '../src/model/recipe.ts'
import { openDatabase } from '../src/stores/open-database.ts'
import { runStore } from '../src/stores/run-store.ts'
import { workspaceStore } from '../src/stores/workspace-store.ts'

export const project = projectSchema.parse({ name: 'bench', kind: 'text' })

export type Wish = Pick<RecipeInput, 'target' | 'limits'>

export function recipeOf(wish: Wish, { generator }: RunPlugins): Recipe {
  return recipeSchema.parse({ ...wish, project: project.name, generator: generator.kind })
}

/** A run in an empty project. All that is proposed is expected to be kept, so that no call is made to spare. */
export function prepare(recipe: Recipe, plugins: RunPlugins): Promise<PreparedRun> {
  return prepareRun({
    ...{
      recipe,
      plugins,
      position: 0,
      decisions: 0,
      expectedYield: 1,
      existing: () => 0,
      findRun: async () => undefined,
    },
    async *records() {
      yield* []
    },
    readText: path => Promise.reject(new Error(`There is nothing to read at ${path}.`)),
  })
}

/** Throws if the run does not end with its target met. */
export async function growInFolder(wish: Wish, plugins: RunPlugins): Promise<GrowResult> {
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-bench-'))
  const database = await openDatabase({ file: join(folder, 'workspace.db') })
  try {
    await workspaceStore(database).createProject(project, systemClock.now())
    const recipe = recipeOf(wish, plugins)
    const result = await grow({
      ...{ prepared: await prepare(recipe, plugins), plugins, store: runStore(database), clock: systemClock, isAlive },
      ...{ holder: thisProcess(systemClock.now()), limits: recipe.limits },
    })
    if (result.end.state !== 'done') throw new Error(`The run ended ${result.end.state}: ${result.end.reason}`)
    return result
  } finally {
    await database.close()
    rmSync(folder, { recursive: true })
  }
}
