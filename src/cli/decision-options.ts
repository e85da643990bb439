/** What the commands share that decide on records: how records are chosen, who decides, and what is said of it. */
import { type Command, Option } from 'commander'
import type { ChosenRecords, DecisionReport } from '../app/decide.ts'
import { printable } from '../app/preview-table.ts'
import { spelledCount, spelledCounts } from '../app/spelled.ts'
import type { Workspace } from '../app/workspace.ts'
import { CultivarError } from '../model/error.ts'
import { onlyGiven } from '../model/only-given.ts'
import type { Split, Status } from '../model/record.ts'
import { projectOrOnly } from './in-workspace.ts'
import { collect, outcomes, splits, statuses } from './option-values.ts'
import { show } from './output.ts'

interface RecordFilterOptions {
  project?: string
  run?: string
  label?: string[]
  split?: Split
  status?: Status
  tag?: string[]
  outcome?: 'imported' | 'kept' | 'restored'
}

export interface DecisionOptions extends RecordFilterOptions {
  all?: boolean
  by?: string
}

/** `statuses` says in words what is meant where no status is asked for. */
export function filtering(command: Command, statusesMeant: string): Command {
  return command
    .option('--project <NAME>', 'default: the only project')
    .option('--run <ID>', 'only what this run added')
    .option('--label <LABEL>', 'only this label; may be given several times', collect)
    .option('--tag <TAG>', 'only with this tag; may be given several times', collect)
    .addOption(new Option('--split <SPLIT>', 'only this split').choices(splits))
    .addOption(new Option('--outcome <OUTCOME>', 'only what was brought, kept or restored').choices(outcomes))
    .addOption(new Option('--status <STATUS>', `only this status (default: ${statusesMeant})`).choices(statuses))
}

export function naming(command: Command): Command {
  return command.option('--by <NAME>', 'who decides (default: the name the environment gives)')
}

export function filterOf({ label, split, status, tag, outcome, run }: RecordFilterOptions, otherwise: Status[]) {
  return {
    statuses: status ? [status] : otherwise,
    ...onlyGiven({ run, labels: label, tags: tag, splits: split && [split], outcomes: outcome && [outcome] }),
  }
}

/** Those named by id, else those that fit; `--all` must be said where nothing narrows. */
export async function choose(
  workspace: Workspace,
  ids: string[],
  options: DecisionOptions,
  otherwise: Status[],
): Promise<ChosenRecords> {
  const { recordsByFilter, recordsByIds } = await import('../app/decide.ts')
  const { project, all, by, ...filter } = options
  const narrowed = Object.keys(filter).length > 0
  if (ids.length > 0 && (narrowed || all)) {
    throw new CultivarError(
      'bad-input',
      'Records were named by id and chosen by a filter too.',
      'Give ids, or options as --run and --label, not both.',
    )
  }
  if (ids.length > 0) return recordsByIds(workspace, ids)
  if (!narrowed && !all) {
    throw new CultivarError(
      'bad-input',
      'Nothing says which records are meant.',
      'Name them by id, or choose them: --run, --label, --tag, --split, --outcome, --status, or --all.',
    )
  }
  const named = filter.run === undefined || project !== undefined ? await projectOrOnly(workspace, project) : undefined
  return recordsByFilter(workspace, { ...filterOf(filter, otherwise), ...onlyGiven({ project: named }) })
}

/** `done` is what was done to the records, as `accepted`. */
export function showDecisions(
  command: Command,
  report: DecisionReport,
  done: string,
  options: { by?: string },
): Promise<void> {
  return show(command, report, () => decisionsText(report, done, options.by))
}

function decisionsText(
  { project, decided, records, unchanged, dropped }: DecisionReport,
  done: string,
  by?: string,
): string {
  if (decided + unchanged === 0) return 'No record fits: nothing was decided.'
  const cut = dropped.map(({ record, label, words }) => `  ${record}: ${printable(label)} “${printable(words)}”`)
  const undo = `cultivar records undo ${decided} --project ${project}${by === undefined ? '' : ` --by ${quoted(by)}`}`
  return [
    `${spelledCounts(records, 'record')} ${done}.`,
    ...(unchanged > 0 ? [`${spelledCount(unchanged)} ${unchanged === 1 ? 'was' : 'were'} so already.`] : []),
    ...(cut.length > 0
      ? [`The edit cut ${spelledCounts(cut.length, 'span')}; mark again what should stay marked:`, ...cut]
      : []),
    ...(decided > 0 ? [`To take it back: ${undo}`] : []),
  ].join('\n')
}

function quoted(name: string): string {
  return /^[\w.@-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`
}
