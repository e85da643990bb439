/** `cultivar quickstart`: a first dataset grown from bundled seeds, and a model made robust, with no key and no network. */
import { existsSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Command } from 'commander'
import type { RunReport } from '../app/report/report.ts'
import type { Workspace } from '../app/workspace.ts'
import { exitCodeOf, growWatched } from './grow-shown.ts'
import { type SharedOptions, show, tell, wantsJson } from './output.ts'
import { improveBundled, loopProject } from './quickstart-loop.ts'
import { readLine } from './read-line.ts'

const bundled = fileURLToPath(new URL('../../examples/quickstart/', import.meta.url))
const project = 'support'

export function addQuickstart(program: Command): void {
  program
    .command('quickstart')
    .description(
      'grow a small dataset from bundled seeds, then train, test and improve a classifier: no key, no network',
    )
    .argument('[DIR]', 'a workspace for it (default: cultivar-quickstart)')
    .addHelpText('after', '\nExample:\n  cultivar quickstart\n\nIt may be run again: what is there already stays.')
    .action(async (folder: string | undefined, _: unknown, command: Command) => {
      const { workspace } = command.optsWithGlobals<SharedOptions>()
      await quickstart(resolve(folder ?? workspace ?? 'cultivar-quickstart'), command)
    })
}

async function quickstart(folder: string, command: Command): Promise<void> {
  const { initWorkspace, openWorkspace } = await import('../app/workspace.ts')
  const { created } = await initWorkspace(folder)
  tell(created ? `Made a workspace in ${folder}` : `Going on in the workspace ${folder}`)
  // A folder to look into and to throw away, whatever database the user's own work is in.
  const environment = { ...process.env, DATABASE_URL: undefined }
  const workspace = await openWorkspace({ folder, cwd: folder, environment })
  try {
    await prepare(workspace)
    const report = await grow(workspace)
    const { exportToFile } = await import('../app/export-records.ts')
    const dataset = await exportToFile(workspace, { of: { project }, out: join(folder, 'dataset.jsonl') })
    const grown = await grownText(folder, report, dataset.records)
    tell('')
    const improvement = await improveBundled(workspace, bundled)
    const { improvementText } = await import('../app/improve/improvement-text.ts')
    const parts = [grown, improvementText(improvement), nextText(folder, report)]
    await show(command, { folder, dataset, report, improvement }, () => parts.join('\n\n'))
    process.exitCode = exitCodeOf(report)
    await offerStudio(workspace, command)
  } finally {
    await workspace.close()
  }
}

/** A script is never held up: it is told the command among those that come next. */
async function offerStudio(workspace: Workspace, command: Command): Promise<void> {
  if (!process.stdin.isTTY || wantsJson(command)) return
  const answer = await readLine('\nOpen it in the studio, in your browser? [Y/n] ')
  if (/^n/i.test(answer)) return
  const { serveFromTerminal, usualOptions } = await import('./studio.ts')
  await serveFromTerminal(workspace, { ...usualOptions, project }, command)
}

/** Files that are there already may have been changed by hand: they stay. */
async function prepare(workspace: Workspace): Promise<void> {
  const { createProject } = await import('../app/projects.ts')
  const { importRecords } = await import('../app/import-records.ts')
  for (const name of ['seeds.csv', 'recipe.yaml']) {
    const own = join(workspace.folder, name)
    if (!existsSync(own)) await copyFile(join(bundled, name), own)
  }
  if (!(await workspace.store.findProject(project))) {
    await createProject(workspace, {
      name: project,
      kind: 'classification',
      labels: ['order_status', 'return_item', 'payment_failed', 'damaged_item'],
      instructions: 'Tickets that customers of an online shop write to its support.',
    })
    tell(`Made project ${project}: tickets of an online shop, four labels`)
  }
  const { added, columns } = await importRecords(workspace, { project, file: join(workspace.folder, 'seeds.csv') })
  if (added > 0) tell(`Imported ${added} seeds (${columns.join(', ')})`)
}

async function grow(workspace: Workspace): Promise<RunReport> {
  const { readRecipeFile } = await import('../app/recipe-file.ts')
  const { runRecipe } = await import('../app/run-recipe.ts')
  const recipe = await readRecipeFile(join(workspace.folder, 'recipe.yaml'), workspace.plugins)
  return growWatched(watching => runRecipe(workspace, recipe, { recipeFolder: workspace.folder, ...watching }))
}

async function grownText(folder: string, report: RunReport, records: number): Promise<string> {
  const { reportText } = await import('../app/report/report-text.ts')
  const file = join(placeOf(folder), 'dataset.jsonl')
  return `${reportText({ ...report, next: [] })}\n\nDataset: ${file}, ${records} records, seeds included`
}

/** The folder as one would write it from here. */
function placeOf(folder: string): string {
  const own = relative(process.cwd(), folder)
  return own.startsWith('..') ? folder : own
}

function nextText(folder: string, report: RunReport): string {
  const place = placeOf(folder)
  const step = (command: string, what: string) => `  ${command.padEnd(44)} ${what}`
  return [
    'Next',
    // Who came through npx has no command of that name yet.
    ...(process.env['npm_command'] === 'exec'
      ? ['  (write “npx cultivar” for “cultivar”, or run “npm i -g .” in the clone once)']
      : []),
    ...(place === '' ? [] : [`  cd ${place}`]),
    step(`cultivar studio --project ${project}`, 'all of it in your browser'),
    step(`cultivar runs rejects ${report.run}`, 'what was not kept, and why'),
    step(`cultivar records list ${project}`, 'look through the records'),
    step(`cultivar suites run robust --model ${loopProject}`, 'the tests alone, case by case'),
    step('cultivar suites tests --category bias', 'what else can be tested'),
    step('cultivar providers detect --add', 'a model on this machine, or:'),
    step('cultivar providers add gpt --kind openai \\', 'your own key'),
    '      --model gpt-4.1-mini --key-env OPENAI_API_KEY',
    step(`cultivar providers assign gpt ${project}`, 'and let the project use it'),
    step(`cultivar run few-shot --project ${project} \\`, 'real variety from a model: more'),
    step('    --param label=damaged_item --dry-run', 'like the seeds; see what it costs'),
  ].join('\n')
}
