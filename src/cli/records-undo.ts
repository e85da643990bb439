/** `cultivar records undo` and `cultivar records decisions`: decisions taken back, and the log of them. */
import type { Command } from 'commander'
import { spelledCounts } from '../app/spelled.ts'
import type { UndoChoice } from '../stores/decision-queries.ts'
import { naming } from './decision-options.ts'
import { inWorkspace, projectOrOnly } from './in-workspace.ts'
import { positiveNumber } from './option-values.ts'
import { show, tell, terminalWidth } from './output.ts'

interface UndoOptions {
  project?: string
  decision?: number[]
  record?: string
  anyone?: boolean
  by?: string
}

const mostListed = 20

export function addRecordsUndo(records: Command): void {
  naming(records.command('undo'))
    .description('take decisions back: your last one, or more')
    .argument('[N]', 'how many, the last first', positiveNumber, 1)
    .option('--project <NAME>', 'default: the only project')
    .option('--decision <NUMBER>', 'this decision; may be given several times', collectNumbers)
    .option('--record <ID>', 'the last decision on this record, whoever made it')
    .option('--anyone', 'the last N, whoever made them')
    .addHelpText(
      'after',
      `
Examples:
  cultivar records undo
  cultivar records undo 12
  cultivar records undo --decision 7`,
    )
    .action((last: number, options: UndoOptions, command: Command) =>
      inWorkspace(command, async workspace => {
        const { takeBack, whoDecides } = await import('../app/decide.ts')
        const { requireRecord } = await import('../app/find-stored.ts')
        const record = options.record === undefined ? undefined : await requireRecord(workspace, options.record)
        const project = record?.project ?? (await projectOrOnly(workspace, options.project))
        const who = whoDecides(workspace.environment, options.by)
        const which: UndoChoice = record
          ? { record: record.id }
          : options.decision
            ? { sequences: options.decision }
            : options.anyone
              ? { last }
              : { last, who }
        const undone = await takeBack(workspace, project, which, who)
        const { decisionLines } = await import('./decision-text.ts')
        await show(command, undone, () =>
          [
            `${spelledCounts(undone.length, 'decision')} taken back.`,
            ...undone
              .slice(0, mostListed)
              .flatMap(decision =>
                decisionLines({ ...decision, undone: null }).map(
                  (line, i) => `  ${i === 0 ? `${decision.record}, ` : ''}${line}`,
                ),
              ),
            ...(undone.length > mostListed ? [`  … and ${undone.length - mostListed} more`] : []),
          ].join('\n'),
        )
      }),
    )

  records
    .command('decisions')
    .description('what people decided on records, the newest first')
    .argument('[PROJECT]', 'default: the only project')
    .option('--project <NAME>', 'the project, too')
    .option('--record <ID>', 'only on this record')
    .option('--limit <N>', 'most decisions listed', positiveNumber, mostListed)
    .addHelpText('after', '\nExample:\n  cultivar records decisions support --limit 100')
    .action(
      (named: string | undefined, options: { project?: string; record?: string; limit: number }, command: Command) =>
        inWorkspace(command, async workspace => {
          const { requireProject } = await import('../app/projects.ts')
          const { requireRecord } = await import('../app/find-stored.ts')
          const { limit } = options
          const record = options.record === undefined ? undefined : await requireRecord(workspace, options.record)
          const project = record?.project ?? (await projectOrOnly(workspace, named, options.project))
          await requireProject(workspace, project)
          const found = record
            ? (await workspace.store.decisionsOf(record.id)).toReversed()
            : await workspace.store.listDecisions(project, limit + 1)
          const listed = found.slice(0, limit)
          const { decisionTable } = await import('./decision-text.ts')
          await show(command, listed, () =>
            listed.length > 0 ? decisionTable(listed, terminalWidth()) : 'Nobody decided anything yet.',
          )
          if (found.length > limit) tell(`… and more: --limit ${limit * 10}`)
        }),
    )
}

function collectNumbers(value: string, before: number[] | undefined): number[] {
  return [...(before ?? []), positiveNumber(value)]
}
