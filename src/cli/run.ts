/** `cultivar run`: grows a recipe, or one given on the line. */
import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Command } from 'commander'
import type { Workspace } from '../app/workspace.ts'
import { onlyGiven } from '../model/only-given.ts'
import type { Recipe } from '../model/recipe.ts'
import { growShown } from './grow-shown.ts'
import { inWorkspace, projectOrOnly } from './in-workspace.ts'
import { collect, commaList, positiveNumber, wholeNumber } from './option-values.ts'
import { show } from './output.ts'
import { saveRecipe } from './save-recipe.ts'

interface RunChoice {
  param?: string[]
  critic?: string[]
  project?: string
  target?: string[]
  budget?: string[]
  teacher?: string
  tags?: string[]
  seed?: number
  concurrency?: number
  save?: string
  out?: string
  dryRun?: boolean
  fresh?: boolean
  wait?: boolean
}

export function addRun(program: Command): void {
  program
    .command('run')
    .description('grow a recipe; run again, it goes on where it stopped')
    .argument('<RECIPE|GENERATOR>', 'a recipe file, or a generator with its --param')
    .option('--param <name=value>', 'a parameter of the generator; may be given several times', collect)
    .option(
      '--critic <KIND>',
      'a critic, as judge or “{ kind: unique, threshold: 0.8 }”; may be given several times',
      collect,
    )
    .option('--project <NAME>', 'the project that grows (default: the recipe’s, or the only one)')
    .option(
      '--target <N|to=N|cell=N>',
      'records to keep: 50, to=500, each=20 for every cell, or one cell=20 for each',
      collect,
    )
    .option('--budget <name=N>', 'calls=, tokens= or usd=: a hard stop; may be given several times', collect)
    .option('--teacher <PROVIDER>', 'who proposes (default: the only provider of the project)')
    .option('--tags <a,b>', 'tags of the records (default: synthetic)', commaList)
    .option('--seed <N>', 'same recipe, seed and replies: same records', wholeNumber)
    .option('--concurrency <N>', 'units under way at once; never changes what is selected', positiveNumber)
    .option('--save <FILE>', 'write the recipe down')
    .option('--out <FILE>', 'when it ends, export what the run kept')
    .option('--dry-run', 'calls, tokens, cost, hosts and one exact prompt; nothing is sent')
    .option('--fresh', 'a run of its own, although this recipe was run before')
    .option('--wait', 'wait while another run grows the project')
    .addHelpText(
      'after',
      `
Examples:
  cultivar run recipe.yaml --dry-run
  cultivar run recipe.yaml --target to=500 --budget usd=2.5 --out grown.jsonl
  cultivar run few-shot --param label=billing --target 50 --save billing.yaml
  cultivar run prompt --param prompt="Short hotel reviews" --param "labels=[good, bad]"

Parameters of a generator: cultivar generators show few-shot`,
    )
    .action((what: string, options: RunChoice, command: Command) =>
      inWorkspace(command, async workspace => {
        const { recipe, recipeFolder } = await readChosen(workspace, what, options)
        if (options.save !== undefined) await saveRecipe(options.save, recipe)
        if (options.dryRun) {
          const { forecast } = await import('../app/forecast.ts')
          const { forecastText } = await import('../app/forecast-text.ts')
          const { randomUUID } = await import('node:crypto')
          const foreseen = await forecast(workspace, recipe, {
            recipeFolder,
            ...(options.fresh && { salt: randomUUID() }),
          })
          await show(command, foreseen, () => forecastText(foreseen))
          return
        }
        const { runRecipe } = await import('../app/run-recipe.ts')
        const { fresh, wait, out } = options
        await growShown(workspace, command, { ...onlyGiven({ out }) }, watching =>
          runRecipe(workspace, recipe, { recipeFolder, ...watching, ...onlyGiven({ fresh, wait }) }),
        )
      }),
    )
}

/** A file if there is one of that name, else a generator; options go before what the file says. */
async function readChosen(
  workspace: Workspace,
  what: string,
  options: RunChoice,
): Promise<{ recipe: Recipe; recipeFolder: string }> {
  const { recipeFromLine } = await import('../app/recipe-line.ts')
  const { plugins } = workspace
  const { param: params, critic: critics, target, budget, teacher, seed, tags, concurrency } = options
  const line = onlyGiven({ params, critics, target, budget, teacher, seed, tags })
  const limited = (recipe: Recipe): Recipe =>
    concurrency === undefined ? recipe : { ...recipe, limits: { ...recipe.limits, concurrency } }
  if (!existsSync(what) && plugins.generators.some(({ kind }) => kind === what)) {
    const project = await projectOrOnly(workspace, options.project)
    const recipe = recipeFromLine({ project, generator: what, ...line }, plugins)
    return { recipe: limited(recipe), recipeFolder: process.cwd() }
  }
  const { readRecipeFile } = await import('../app/recipe-file.ts')
  const { withOptions } = await import('./recipe-with-options.ts')
  const written = await readRecipeFile(what, plugins)
  const recipe = withOptions({ ...written, project: options.project ?? written.project }, line, plugins)
  return { recipe: limited(recipe), recipeFolder: dirname(resolve(what)) }
}
