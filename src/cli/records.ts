/** `cultivar records`: import, list, show, export, lineage, and what people decide on them. */
import { type Command, Option } from 'commander'
import { onlyGiven } from '../model/only-given.ts'
import type { Split, Status } from '../model/record.ts'
import { firstOf } from './first-of.ts'
import { inWorkspace, projectOrOnly } from './in-workspace.ts'
import { collect, outcomes, positiveNumber, splits, statuses } from './option-values.ts'
import { show, tell, terminalWidth } from './output.ts'
import { addRecordsDecide } from './records-decide.ts'
import { addRecordsEdit } from './records-edit.ts'
import { addRecordsExport } from './records-export.ts'
import { addRecordsImport } from './records-import.ts'
import { addRecordsMix } from './records-mix.ts'
import { addRecordsReview } from './records-review.ts'
import { addRecordsUndo } from './records-undo.ts'

/** Which records are meant. */
export interface Choice {
  project?: string
  run?: string
  label?: string[]
  split?: Split
  status?: Status
}

interface ListChoice extends Choice {
  limit: number
  tag?: string[]
  outcome?: 'imported' | 'kept' | 'restored'
}

export function addRecords(program: Command): void {
  const records = program
    .command('records')
    .description('what datasets are made of: imported, grown, reviewed, exported')
  addRecordsImport(records)
  addRecordsReview(records)
  addRecordsDecide(records)
  addRecordsEdit(records)
  addRecordsUndo(records)
  const choosing = (command: Command) =>
    command
      .argument('[PROJECT]', 'default: the only project')
      .option('--project <NAME>', 'the project, too')
      .option('--run <ID>', 'only what this run added')
      .option('--label <LABEL>', 'only this label; may be given several times', collect)
      .addOption(new Option('--split <SPLIT>', 'only this split').choices(splits))
      .addOption(
        new Option('--status <STATUS>', 'only this decision (default: all that nobody rejected)').choices(statuses),
      )

  choosing(records.command('list'))
    .description('list records')
    .option('--tag <TAG>', 'only with this tag; may be given several times', collect)
    .addOption(new Option('--outcome <OUTCOME>', 'only what was brought, kept or restored').choices(outcomes))
    .option('--limit <N>', 'most records listed', positiveNumber, 20)
    .addHelpText('after', '\nExample:\n  cultivar records list support --label billing --limit 50')
    .action((named: string | undefined, options: ListChoice, command: Command) =>
      inWorkspace(command, async workspace => {
        const { requireRun } = await import('../app/find-stored.ts')
        const { requireProject } = await import('../app/projects.ts')
        const run = options.run === undefined ? undefined : await requireRun(workspace, options.run)
        const project = run?.project ?? (await projectOrOnly(workspace, named, options.project))
        await requireProject(workspace, project)
        const records = workspace.store.streamRecords(project, {
          statuses: options.status ? [options.status] : ['pending', 'accepted'],
          ...onlyGiven({ run: run?.id, labels: options.label, splits: options.split && [options.split] }),
          ...onlyGiven({ tags: options.tag, outcomes: options.outcome && [options.outcome] }),
        })
        const { listed, more } = await firstOf(records, options.limit)
        const { recordTable } = await import('./record-text.ts')
        await show(command, listed, () => (listed.length > 0 ? recordTable(listed, terminalWidth()) : 'No records.'))
        if (more) tell(`… and more: --limit ${options.limit * 10}, or “cultivar records export”.`)
      }),
    )

  records
    .command('show')
    .description('show one record')
    .addHelpText('after', '\nExample:\n  cultivar records show 03b33d9d4a.0.1')
    .argument('<ID>', 'its id, or the beginning of it')
    .action((id: string, _: unknown, command: Command) =>
      inWorkspace(command, async workspace => {
        const { requireRecord } = await import('../app/find-stored.ts')
        const { recordText } = await import('./record-text.ts')
        const record = await requireRecord(workspace, id)
        await show(command, record, () => recordText(record))
      }),
    )

  addRecordsExport(choosing(records.command('export')))
  addRecordsMix(records)

  records
    .command('lineage')
    .description('why a record is there: recipe, unit, seeds, prompts, replies, verdicts, calls, cost')
    .addHelpText('after', '\nExample:\n  cultivar records lineage 03b33d9d4a.0.1')
    .argument('<ID>', 'its id, or the beginning of it')
    .action((id: string, _: unknown, command: Command) =>
      inWorkspace(command, async workspace => {
        const { lineageOf } = await import('../app/lineage.ts')
        const { lineageText } = await import('./lineage-text.ts')
        const lineage = await lineageOf(workspace, id)
        await show(command, lineage, () => lineageText(lineage))
      }),
    )
}
