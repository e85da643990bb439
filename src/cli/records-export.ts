/** `cultivar records export`: records written to a file, to the standard output, or to a dataset folder. */
import { type Command, Option } from 'commander'
import type { ExportOptions } from '../app/export-records.ts'
import type { Workspace } from '../app/workspace.ts'
import { CultivarError } from '../model/error.ts'
import { onlyGiven } from '../model/only-given.ts'
import { type TagScheme, tagSchemes } from '../text/tag-scheme.ts'
import { controlsOf } from './controls-of.ts'
import { inWorkspace, projectOrOnly } from './in-workspace.ts'
import { collect, commaList } from './option-values.ts'
import { print, show, tell, wantsJson } from './output.ts'
import { partsOf } from './parts-of.ts'
import type { Choice } from './records.ts'

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
  map?: string[]
  systemPrompt?: string
  scheme?: TagScheme
  tokens?: 'blanks' | 'words'
  controls?: string[]
  labelPrefix?: string
  license?: string
  language?: string[]
}

/** Not one of the formats, which write one file each. */
const folderFormat = 'hugging-face'

/** `command` has the options that say which records are meant. */
export function addRecordsExport(command: Command): void {
  command
    .description('write records to a file, to the standard output, or to a dataset folder')
    .option('--out <FILE>', 'the file, written all at once; for hugging-face, the folder')
    .option(
      '--format <KIND>',
      'jsonl, csv, tsv, json, lines, conll, label-studio, generative-ai-lab, doccano, spacy, prodigy, argilla, fasttext, openai-chat, alpaca, sharegpt, hugging-face or a plug-in’s (default: by the name of the file, else jsonl)',
    )
    .option('--template <LINE>', 'one line a record, as "Q: {input} A: {output}"; implies --format lines')
    .option('--columns <a,b>', 'only these, in this order; conll: how many, 2 or 4 (default: 4)', commaList)
    .option(
      '--map <part=NAME>',
      'chat formats: what holds question, answer, context or system; “question=body,answer=label” (default: those names, else text and label)',
      collect,
    )
    .option('--system-prompt <TEXT>', 'chat formats: opens each conversation')
    .addOption(new Option('--scheme <SCHEME>', 'conll: how entities become tags (default: bio)').choices(tagSchemes))
    .addOption(
      new Option(
        '--tokens <HOW>',
        'conll, hugging-face: split texts at blanks or into words and marks (default: at blanks if all entities stand between blanks)',
      ).choices(['blanks', 'words']),
    )
    .option(
      '--controls <part=NAME>',
      'label-studio, generative-ai-lab: from_name of labels and spans, to_name of the text; argilla: questions and field; “labels=topic,spans=ner,text=body”',
      collect,
    )
    .option('--label-prefix <WORD>', 'fasttext: what labels begin with (default: __label__)')
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
    .option('--license <ID>', 'hugging-face: the licence you chose, as cc-by-4.0 (default: unknown)')
    .option('--language <a,b>', 'hugging-face: ISO 639-1 codes (default: detected)', commaList)
    .addHelpText(
      'after',
      `
Examples:
  cultivar records export --out support.jsonl --card
  cultivar records export support --format csv --label billing --lineage > billing.csv
  cultivar records export plant --format json --columns input,context,output > plant.json
  cultivar records export moods --template "Q: {input} A: {label}" --out moods.txt
  cultivar records export faq --format openai-chat --system-prompt "Be brief." --out train.jsonl
  cultivar records export plant --format alpaca --map question=input,answer=output --out plant.json
  cultivar records export support --format hugging-face --license cc-by-4.0 --out support
  cultivar records export support --format label-studio --out tasks.json
  cultivar records export people --split train --out train.conll
  cultivar records export people --format conll --scheme bioes --columns 2 --out train.tsv
  cultivar records export people --format spacy --out train.json
  cultivar records export support --format fasttext --out support.txt
  cultivar records export --run 3f2a --rejects`,
    )
    .action((named: string | undefined, options: ExportChoice, command: Command) =>
      inWorkspace(command, async workspace => {
        const { label, split, status, columns, offsets, rejects, lineage, run, template, systemPrompt } = options
        const format = options.format ?? (template === undefined ? undefined : 'lines')
        const choice = {
          of: run === undefined ? { project: await projectOrOnly(workspace, named, options.project) } : { run },
          defuseFormulas: options.rawFormulas !== true,
          ...onlyGiven({ format, offsets, rejects, lineage, template, byteOrderMark: options.bom }),
          ...columnsOf(columns),
          ...onlyGiven({ labels: label, splits: split && [split], statuses: status && [status] }),
          ...onlyGiven({ parts: options.map && partsOf(options.map), systemPrompt }),
          ...onlyGiven({ scheme: options.scheme, tokens: options.tokens, labelPrefix: options.labelPrefix }),
          ...onlyGiven({ controls: options.controls && controlsOf(options.controls) }),
        }
        if (format === folderFormat) await exportFolder(workspace, choice, options, command)
        else await exportFile(workspace, choice, options, command)
      }),
    )
}

/** No record has members called 2 or 4: those are numbers of columns. */
function columnsOf(columns: string[] | undefined): Pick<ExportOptions, 'columns' | 'columnCount'> {
  const [only, ...more] = columns ?? []
  if (more.length === 0 && (only === '2' || only === '4')) return { columnCount: only === '2' ? 2 : 4 }
  return onlyGiven({ columns })
}

async function exportFile(
  workspace: Workspace,
  choice: ExportOptions,
  { out, card: wantsCard }: ExportChoice,
  command: Command,
): Promise<void> {
  const { exportText, exportToFile } = await import('../app/export-records.ts')
  if (out === undefined) {
    if (wantsCard) throw new CultivarError('bad-input', 'A card lies beside a file.', 'Name the file with --out.')
    const { ExportNotes } = await import('../formats/export-notes.ts')
    const notes = new ExportNotes()
    for await (const chunk of await exportText(workspace, { ...choice, notes })) await write(chunk)
    for (const note of notes.lines()) tell(note)
    return
  }
  const written = await exportToFile(workspace, { ...choice, out })
  const { writeCardBeside } = await import('../app/card/export-card.ts')
  const card = wantsCard ? await writeCardBeside(workspace, written, choice) : undefined
  if (wantsJson(command)) {
    await print(JSON.stringify({ ...written, ...onlyGiven({ card }) }))
    return
  }
  for (const note of written.notes) tell(note)
  const others = [
    ...(written.beside === undefined ? [] : [`its labelling configuration to ${written.beside}`]),
    ...(card === undefined ? [] : [`their card to ${card}`]),
  ]
  tell([`Wrote ${written.records} records to ${written.file}`, ...others].join(', and '))
}

async function exportFolder(
  workspace: Workspace,
  choice: ExportOptions,
  { out, license, language }: ExportChoice,
  command: Command,
): Promise<void> {
  if (out === undefined) {
    throw new CultivarError('bad-input', 'A dataset for Hugging Face is a folder.', 'Name the folder with --out DIR.')
  }
  const { exportHuggingFace } = await import('../app/export-hugging-face.ts')
  const written = await exportHuggingFace(workspace, { ...choice, out, ...onlyGiven({ license, languages: language }) })
  const { records, folder, files, notes } = written
  if (wantsJson(command)) await show(command, written, () => '')
  else {
    for (const note of notes) tell(note)
    tell(`Wrote ${records} records to ${folder}: ${files.join(', ')}`)
  }
}

/** Chunks end anywhere: nothing is added to them. */
function write(chunk: string): Promise<void> {
  return new Promise(resolve => process.stdout.write(chunk, () => resolve()))
}
