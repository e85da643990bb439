/** `cultivar taxonomy grow`: a taxonomy becomes judged training data, in one command. */
import { dirname, relative, resolve } from 'node:path'
import type { Command } from 'commander'
import type { TaxonomyChoice } from '../app/taxonomy/grow-taxonomy.ts'
import type { Workspace } from '../app/workspace.ts'
import { onlyGiven } from '../model/only-given.ts'
import type { Recipe } from '../model/recipe.ts'
import { growShown } from './grow-shown.ts'
import { inNewWorkspace } from './in-workspace.ts'
import { collect, commaList, positiveNumber, wholeNumber } from './option-values.ts'
import { show, tell } from './output.ts'
import { saveRecipe } from './save-recipe.ts'

interface GrowChoice {
  since?: string
  foundational?: boolean
  leaves?: string[]
  pipeline?: string
  documents?: string
  languages?: string[]
  param?: string[]
  project?: string
  target?: string[]
  budget?: string[]
  teacher?: string
  critic?: string
  seed?: number
  concurrency?: number
  out?: string
  save?: string
  dryRun?: boolean
  fresh?: boolean
  wait?: boolean
}

export function addTaxonomyGrow(taxonomy: Command): void {
  taxonomy
    .command('grow')
    .description('grow judged questions and answers for every leaf; run again, it goes on where it stopped')
    .argument('<DIR>', 'folder that holds compositional_skills/ and knowledge/')
    .option('--since <REF>', 'only leaves that changed since this git reference')
    .option('--leaves <GLOB,…>', 'only these, as “knowledge/science/**”', commaList)
    .option('--foundational', 'grow foundational_skills/ too, which InstructLab does not')
    .option('--pipeline <full|simple|FILE>', 'how: judged between the stages, in one call, or by your own pipeline')
    .option('--documents <DIR>', 'documents of knowledge leaves, instead of fetching them from their repositories')
    .option('--languages <a,b>', 'languages to write in, in turn (default: that of the examples)', commaList)
    .option('--param <name=value>', 'any other parameter of the generator; may be given several times', collect)
    .option('--project <NAME>', 'the project that grows, made if there is none (default: the folder’s name)')
    .option(
      '--target <N|each=N|LEAF=N>',
      'records to keep: in all, each=N for every leaf, or one LEAF=N for each (default: each=30)',
      collect,
    )
    .option('--budget <name=N>', 'calls=, tokens= or usd=: a hard stop; may be given several times', collect)
    .option('--teacher <PROVIDER>', 'who writes (default: the only provider of the project)')
    .option('--critic <PROVIDER>', 'who judges (default: the teacher)')
    .option('--seed <N>', 'same taxonomy, seed and replies: same records', wholeNumber)
    .option('--concurrency <N>', 'units under way at once; never changes what is selected', positiveNumber)
    .option('--out <DIR>', 'when it ends, write InstructLab’s training files there')
    .option('--save <FILE>', 'write the recipe down')
    .option('--dry-run', 'calls, tokens, cost, hosts and one exact prompt; nothing is sent')
    .option('--fresh', 'a run of its own, although this taxonomy was grown so before')
    .option('--wait', 'wait while another run grows the project')
    .addHelpText(
      'after',
      `
Examples:
  cultivar taxonomy grow taxonomy/ --dry-run
  cultivar taxonomy grow taxonomy/ --teacher gpt --critic strict --out training/
  cultivar taxonomy grow . --since origin/main --documents ../docs --budget usd=5
  cultivar taxonomy grow . --pipeline simple --target each=60 --save taxonomy.yaml

All parameters: cultivar generators show taxonomy`,
    )
    .action((folder: string, options: GrowChoice, command: Command) =>
      inNewWorkspace(command, async workspace => {
        const { recipe, recipeFolder } = await chosenRecipe(workspace, folder, options)
        if (options.save !== undefined) await saveRecipe(options.save, recipe)
        if (options.dryRun) await showForecast(workspace, command, recipe, { recipeFolder, fresh: options.fresh })
        else await growAndExport(workspace, command, recipe, recipeFolder, options)
      }),
    )
}

async function chosenRecipe(
  workspace: Workspace,
  folder: string,
  options: GrowChoice,
): Promise<{ recipe: Recipe; recipeFolder: string }> {
  const { taxonomyRecipe } = await import('../app/taxonomy/grow-taxonomy.ts')
  const { since, foundational, leaves, languages, param = [], save, concurrency } = options
  const own = Object.entries(onlyGiven({ since, foundational, leaves, languages })).map(
    ([name, value]) => `${name}=${JSON.stringify(value)}`,
  )
  const recipeFolder = save === undefined ? process.cwd() : dirname(resolve(save))
  const { project, documents, target, budget, teacher, critic, seed } = options
  const choice: TaxonomyChoice = {
    ...{ folder, recipeFolder, params: [...own, ...pipelineParam(options, recipeFolder), ...param] },
    ...onlyGiven({ project, documents, target, budget, teacher, critic, seed }),
  }
  const { recipe, made } = await taxonomyRecipe(workspace, choice)
  for (const line of made) tell(line)
  const limits = { ...recipe.limits, ...onlyGiven({ concurrency }) }
  return { recipe: { ...recipe, limits }, recipeFolder }
}

/** A path on the line starts from here, one in a recipe from the recipe's folder. */
function pipelineParam({ pipeline }: GrowChoice, recipeFolder: string): string[] {
  if (pipeline === undefined) return []
  const isBuiltIn = pipeline === 'full' || pipeline === 'simple'
  const path = isBuiltIn ? pipeline : relative(recipeFolder, resolve(pipeline)).replaceAll('\\', '/')
  return [`pipeline=${JSON.stringify(path)}`]
}

async function showForecast(
  workspace: Workspace,
  command: Command,
  recipe: Recipe,
  { recipeFolder, fresh }: { recipeFolder: string; fresh?: boolean | undefined },
): Promise<void> {
  const { forecast } = await import('../app/forecast.ts')
  const { forecastText } = await import('../app/forecast-text.ts')
  const { randomUUID } = await import('node:crypto')
  const foreseen = await forecast(workspace, recipe, { recipeFolder, ...(fresh && { salt: randomUUID() }) })
  await show(command, foreseen, () => forecastText(foreseen))
}

async function growAndExport(
  workspace: Workspace,
  command: Command,
  recipe: Recipe,
  recipeFolder: string,
  { fresh, wait, out }: GrowChoice,
): Promise<void> {
  const { runRecipe } = await import('../app/run-recipe.ts')
  let run = ''
  await growShown(workspace, command, {}, async watching => {
    const report = await runRecipe(workspace, recipe, { recipeFolder, ...watching, ...onlyGiven({ fresh, wait }) })
    run = report.run
    return report
  })
  if (out === undefined) return
  const { exportInstructlab } = await import('../app/instructlab/export-instructlab.ts')
  const { folder, files } = await exportInstructlab(workspace, { project: recipe.project, run, out })
  tell(`Wrote ${files.length} files for InstructLab’s trainer to ${folder}`)
}
