/** `cultivar runs`: list, show, resume, cancel, rejects, report, calibrate. */
import { type Command, Option } from 'commander'
import type { Workspace } from '../app/workspace.ts'
import { onlyGiven } from '../model/only-given.ts'
import type { RunRow } from '../model/run.ts'
import { firstOf } from './first-of.ts'
import { growShown } from './grow-shown.ts'
import { inWorkspace } from './in-workspace.ts'
import { newestRun } from './newest-run.ts'
import { collect, positiveNumber } from './option-values.ts'
import { show, terminalWidth } from './output.ts'
import { addRunsCalibrate } from './runs-calibrate.ts'
import { addRunsReport } from './runs-report.ts'

interface RejectOptions {
  critic?: string
  label?: string[]
  outcome?: 'rejected' | 'surplus'
  limit: number
}

export function addRuns(program: Command): void {
  const runs = program.command('runs').description('what was grown, how it ended, and why')

  runs
    .command('list')
    .description('list the runs, newest first')
    .addHelpText('after', '\nExample:\n  cultivar runs list')
    .option('--project <NAME>', 'only those of this project')
    .action((options: { project?: string }, command: Command) =>
      inWorkspace(command, async workspace => {
        const { requireProject } = await import('../app/projects.ts')
        if (options.project !== undefined) await requireProject(workspace, options.project)
        const rows = await workspace.store.listRuns(options.project)
        const summaries = await Promise.all(rows.map(run => summaryOf(workspace, run)))
        const text = await listText(summaries)
        await show(command, summaries, () => text)
      }),
    )

  runs
    .command('show')
    .description('what a run was asked to do: its recipe, targets, budget and versions')
    .addHelpText('after', '\nExample:\n  cultivar runs show 3f2a')
    .argument('[ID]', 'its id, or the beginning of it (default: the newest)')
    .action((id: string | undefined, _: unknown, command: Command) =>
      inWorkspace(command, async workspace => {
        const { requireRun } = await import('../app/find-stored.ts')
        const { recipeText } = await import('../app/recipe-line.ts')
        const run = id === undefined ? await newestRun(workspace) : await requireRun(workspace, id)
        const { recipe, versions } = run.snapshot
        const summary = await summaryOf(workspace, run)
        const shown = { ...summary, recipe, targets: run.targets, budget: run.budget, versions, reason: run.reason }
        await show(command, shown, () =>
          [
            `Run ${run.id}: ${summary.state}, ${summary.kept} of ${summary.target} kept`,
            `versions: ${Object.entries(versions)
              .map(([name, version]) => `${name} ${version}`)
              .join(', ')}`,
            '',
            recipeText(recipe),
          ].join('\n'),
        )
      }),
    )

  addRunsReport(runs)
  addRunsCalibrate(runs)

  runs
    .command('resume')
    .description('go on with a run, to the target and within the budget it had')
    .addHelpText('after', '\nExample:\n  cultivar runs resume 3f2a --out support.jsonl')
    .argument('[ID]', 'its id, or the beginning of it (default: the newest that is not done)')
    .option('--out <FILE>', 'when it ends, export what the run kept')
    .option('--wait', 'wait while another run grows the project')
    .action((id: string | undefined, { out, wait }: { out?: string; wait?: boolean }, command: Command) =>
      inWorkspace(command, async workspace => {
        const { resumeRun } = await import('../app/run-recipe.ts')
        const run = id ?? (await newestRun(workspace, ({ state }) => state !== 'done')).id
        await growShown(workspace, command, onlyGiven({ out }), watching =>
          resumeRun(workspace, run, { ...watching, ...onlyGiven({ wait }) }),
        )
      }),
    )

  runs
    .command('cancel')
    .description('stop a run that another process of this machine grows; it can go on later')
    .addHelpText('after', '\nExample:\n  cultivar runs cancel 3f2a')
    .argument('<ID>', 'its id, or the beginning of it')
    .action((id: string, _: unknown, command: Command) =>
      inWorkspace(command, async workspace => {
        const { cancelRun } = await import('../app/run-recipe.ts')
        const report = await cancelRun(workspace, id)
        await show(command, report, () => `Run ${report.run}: ${report.kept} of ${report.target} kept. ${report.hint}`)
      }),
    )

  runs
    .command('rejects')
    .description('what a run proposed and did not keep, and who said why')
    .addHelpText('after', '\nExample:\n  cultivar runs rejects 3f2a --critic judge')
    .argument('[ID]', 'its id, or the beginning of it (default: the newest)')
    .option('--critic <KIND>', 'only what this critic rejected')
    .option('--label <LABEL>', 'only this label; may be given several times', collect)
    .addOption(new Option('--outcome <OUTCOME>', 'only these').choices(['rejected', 'surplus']))
    .option('--limit <N>', 'most listed', positiveNumber, 20)
    .addHelpText('after', '\nTo a file: cultivar records export --run ID --rejects --out rejects.jsonl')
    .action((id: string | undefined, options: RejectOptions, command: Command) =>
      inWorkspace(command, async workspace => {
        const { rejectsOf } = await import('../app/rejects.ts')
        const { rejectsText } = await import('./rejects-text.ts')
        const { critic, label, outcome, limit } = options
        const rejects = await rejectsOf(workspace, id ?? (await newestRun(workspace)).id, {
          ...onlyGiven({ critic, labels: label, outcomes: outcome && [outcome] }),
        })
        const { listed, more } = await firstOf(rejects.stream(), limit)
        const { run, tallies, failed } = rejects
        await show(command, { run: run.id, tallies, failed, rejects: listed }, () =>
          rejectsText(rejects, listed, { more, width: terminalWidth() }),
        )
      }),
    )
}

type Summary = Awaited<ReturnType<typeof summaryOf>>

async function summaryOf(
  { store }: Workspace,
  { id, project, snapshot, targets, state, spent, createdMs, updatedMs }: RunRow,
) {
  const tallies = Object.values(await store.runTallies(id))
  return {
    run: id,
    project,
    generator: snapshot.recipe.generator,
    state,
    kept: tallies.reduce((sum, { kept }) => sum + kept, 0),
    target: Object.values(targets).reduce((sum, count) => sum + count, 0),
    ...{ spent, createdMs, updatedMs },
  }
}

async function listText(runs: Summary[]): Promise<string> {
  const { previewTable } = await import('../app/preview-table.ts')
  const { spelledCount, spelledDollars } = await import('../app/spelled.ts')
  if (runs.length === 0) return 'No run yet. Grow one: cultivar run RECIPE'
  const right = 'right' as const
  return previewTable(
    [
      { title: 'run' },
      { title: 'project' },
      { title: 'generator' },
      { title: 'state' },
      { title: 'kept', align: right },
      { title: 'calls', align: right },
      { title: 'cost', align: right },
      { title: 'begun' },
    ],
    runs.map(({ run, project, generator, state, kept, target, spent, createdMs }) => [
      run,
      project,
      generator,
      // Whether a process still grows it, its state does not say.
      state === 'running' ? 'unfinished' : state,
      `${spelledCount(kept)}/${spelledCount(target)}`,
      spelledCount(spent.calls),
      spelledDollars(spent.nanoUsd),
      new Date(createdMs).toISOString().slice(0, 16).replace('T', ' '),
    ]),
    terminalWidth(),
  )
}
