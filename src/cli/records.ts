/** `cultivar records`: import, list, show, export, lineage, and what people decide on them. */
import { type Command, Option } from 'commander'
import { CultivarError } from '../model/error.ts'
import type { Split, Status } from '../model/record.ts'
import { firstOf } from './first-of.ts'
import { inWorkspace, projectOrOnly } from './in-workspace.ts'
import { collect, commaList, given, outcomes, positiveNumber, splits, statuses } from './option-values.ts'
import { print, show, tell, terminalWidth, wantsJson } from './output.ts'
import { addRecordsDecide } from './records-decide.ts'
import { addRecordsEdit } from './records-edit.ts'
import { addRecordsImport } from './records-import.ts'
import { addRecordsReview } from './records-review.ts'
import { addRecordsUndo } from './records-undo.ts'

interface Choice {
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

interface ExportChoice extends Choice {
  format?: string
  out?: string
  rejects?: boolean
  lineage?: boolean
  offsets?: 'code-points' | 'utf16'
  rawFormulas?: boolean
  bom?: boolean
  card?: boolean
  columns?: string[]
  template?: string
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
          ...given({ run: run?.id, labels: options.label, splits: options.split && [options.split] }),
          ...given({ tags: options.tag, outcomes: options.outcome && [options.outcome] }),
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

  choosing(records.command('export'))
    .description('write records to a file, or to the standard output')
    .option('--out <FILE>', 'the file; written all at once')
    .option(
      '--format <KIND>',
      'jsonl, csv, tsv, json, lines, label-studio, generative-ai-lab or a plug-in’s (default: by the name of the file, else jsonl)',
    )
    .option('--template <LINE>', 'one line a record, as "Q: {input} A: {output}"; implies --format lines')
    .option('--columns <a,b>', 'only these, in this order', commaList)
    .option('--lineage', 'add where each record came from and what it cost')
    .option('--rejects', 'with --run: what it proposed and did not keep')
    .addOption(
      new Option('--offsets <UNIT>', 'what span offsets count')
        .choices(['code-points', 'utf16'])
        .default('code-points'),
    )
    .option('--raw-formulas', 'CSV: leave cells alone that a spreadsheet would calculate')
    .option('--bom', 'CSV: begin with a byte-order mark, for Excel')
    .option('--card', 'with --out: a dataset card beside the file, as support.card.md')
    .addHelpText(
      'after',
      `
Examples:
  cultivar records export --out support.jsonl --card
  cultivar records export support --format csv --label billing --lineage > billing.csv
  cultivar records export plant --format json --columns input,context,output > plant.json
  cultivar records export moods --template "Q: {input} A: {label}" --out moods.txt
  cultivar records export support --format label-studio --out tasks.json
  cultivar records export --run 3f2a --rejects`,
    )
    .action((named: string | undefined, options: ExportChoice, command: Command) =>
      inWorkspace(command, async workspace => {
        const { exportText, exportToFile } = await import('../app/export-records.ts')
        const { label, split, status, out, columns, offsets, rejects, lineage, run, template } = options
        const format = options.format ?? (template === undefined ? undefined : 'lines')
        const choice = {
          of: run === undefined ? { project: await projectOrOnly(workspace, named, options.project) } : { run },
          defuseFormulas: options.rawFormulas !== true,
          ...given({ format, columns, offsets, rejects, lineage, template, byteOrderMark: options.bom }),
          ...given({ labels: label, splits: split && [split], statuses: status && [status] }),
        }
        if (out === undefined) {
          if (options.card)
            throw new CultivarError('bad-input', 'A card lies beside a file.', 'Name the file with --out.')
          for await (const chunk of await exportText(workspace, choice)) await write(chunk)
          return
        }
        const written = await exportToFile(workspace, { ...choice, out })
        const { writeCardBeside } = await import('../app/card/export-card.ts')
        const card = options.card ? await writeCardBeside(workspace, written, choice) : undefined
        if (wantsJson(command)) await print(JSON.stringify({ ...written, ...given({ card }) }))
        else
          tell(
            `Wrote ${written.records} records to ${written.file}${card === undefined ? '' : `, and their card to ${card}`}`,
          )
      }),
    )

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

/** Chunks end anywhere: nothing is added to them. */
function write(chunk: string): Promise<void> {
  return new Promise(resolve => process.stdout.write(chunk, () => resolve()))
}
