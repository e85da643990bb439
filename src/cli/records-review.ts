/** `cultivar records review`: one record at a time, one key each. */
import type { Command } from 'commander'
import { spelledCount } from '../app/spelled.ts'
import type { Decision } from '../model/decision.ts'
import { errorCodes } from '../model/error.ts'
import { type DecisionOptions, filtering, filterOf, naming } from './decision-options.ts'
import { inWorkspace, projectOrOnly } from './in-workspace.ts'
import { show } from './output.ts'

const done: Record<Decision['kind'], string> = {
  accept: 'accepted',
  reject: 'rejected',
  reset: 'made pending',
  edit: 'edited',
  relabel: 'relabelled',
  tag: 'tagged',
  untag: 'freed of a tag',
  restore: 'restored',
}

export function addRecordsReview(records: Command): void {
  naming(filtering(records.command('review'), 'pending'))
    .description('look at records one at a time and decide with one key each; ? shows the keys')
    .argument('[PROJECT]', 'default: the only project')
    .addHelpText(
      'after',
      `
Examples:
  cultivar records review
  cultivar records review support --run 03b3 --label billing
  cultivar records review --status rejected`,
    )
    .action((named: string | undefined, options: DecisionOptions, command: Command) =>
      inWorkspace(command, async workspace => {
        const { requireTerminal, reviewAtTerminal } = await import('./reviewer.ts')
        requireTerminal()
        const { requireProject } = await import('../app/projects.ts')
        const { requireRun } = await import('../app/find-stored.ts')
        const { whoDecides } = await import('../app/decide.ts')
        const { openReview } = await import('./review-session.ts')
        const run = options.run === undefined ? undefined : await requireRun(workspace, options.run)
        const name = run?.project ?? (await projectOrOnly(workspace, named, options.project))
        const { project } = await requireProject(workspace, name)
        const filter = filterOf({ ...options, ...(run && { run: run.id }) }, ['pending'])
        const session = await openReview(workspace, project, filter, whoDecides(workspace.environment, options.by))
        const { interrupted } = await reviewAtTerminal(session)
        const { summary } = session
        const parts = (Object.entries(summary.decided) as [Decision['kind'], number][])
          .filter(([, count]) => count > 0)
          .map(([kind, count]) => `${spelledCount(count)} ${done[kind]}`)
        await show(command, summary, () => (parts.length > 0 ? `${parts.join(', ')}.` : 'Nothing was decided.'))
        if (interrupted) process.exitCode = errorCodes.interrupted.exit
      }),
    )
}
