/** `cultivar records import`: shows what each column was taken for, and each row that could not be taken. */
import { type Command, Option } from 'commander'
import type { ImportReport } from '../app/import-records.ts'
import type { MappingChoice } from '../formats/column-mapping.ts'
import { CultivarError, errorCodes } from '../model/error.ts'
import { onlyGiven } from '../model/only-given.ts'
import type { Split } from '../model/record.ts'
import { type TagScheme, tagSchemes } from '../text/tag-scheme.ts'
import { controlsOf } from './controls-of.ts'
import { inWorkspace, projectOrOnly } from './in-workspace.ts'
import { collect, commaList, splits } from './option-values.ts'
import { show } from './output.ts'

interface ImportChoice {
  project?: string
  map?: string[]
  format?: string
  template?: string
  delimiter?: string
  quote?: string
  encoding?: string
  header?: boolean
  offsets?: 'code-points' | 'utf16'
  scheme?: TagScheme
  predictions?: boolean
  labelNames?: string[]
  labelPrefix?: string
  controls?: string[]
  split?: Split
  tags?: string[]
  dryRun?: boolean
}

const mostBadRowsShown = 10
const roles = ['text', 'label', 'spans', 'split', 'id', 'tags', 'field'] as const

export function addRecordsImport(records: Command): void {
  records
    .command('import')
    .description(
      'add the records of a file of rows, texts with labels or tokens with tags; the same file adds nothing twice',
    )
    .argument('<FILE>', 'the file, or a folder of Hugging Face')
    .option('--project <NAME>', 'default: the only project')
    .option(
      '--map <role=COLUMN>',
      `what a column is: ${roles.join(', ')}; “text=body,label=intent”; “label=” says there is none; the rest is guessed`,
      collect,
    )
    .option(
      '--format <KIND>',
      'csv, tsv, jsonl, json, lines, conll, label-studio, generative-ai-lab, doccano, spacy, prodigy, argilla, hugging-face, fasttext, openai-chat, alpaca, sharegpt or a plug-in’s (default: by the name of the file; JSON by what it holds)',
    )
    .option('--template <LINE>', 'how a line is made, as "Q: {input} A: {output}"; implies --format lines')
    .option('--delimiter <C>', 'CSV: the character between values (default: guessed)')
    .option('--quote <C>', 'CSV: the character around values; empty if quotes are ordinary characters')
    .option('--encoding <NAME>', 'as utf-8, windows-1252 (default: guessed)')
    .option('--header', 'CSV: the first row names the columns (default: guessed)')
    .option('--no-header', 'CSV: it does not')
    .addOption(new Option('--offsets <UNIT>', 'what span offsets in the file count').choices(['code-points', 'utf16']))
    .addOption(
      new Option('--scheme <SCHEME>', 'conll: tags of another scheme are errors (default: any is read)').choices(
        tagSchemes,
      ),
    )
    .option('--predictions', 'label-studio, generative-ai-lab: take predictions also where somebody annotated')
    .option('--label-names <a,b>', 'hugging-face: what the numbers of labels or tags stand for, from 0', commaList)
    .option('--label-prefix <WORD>', 'fasttext: what labels begin with (default: __label__)')
    .option(
      '--controls <part=NAME>',
      'argilla: the questions of labels and spans and the field of the text; “labels=topic,spans=ner,text=body” (default: told by their names)',
      collect,
    )
    .addOption(new Option('--split <SPLIT>', 'for rows that name none (default: train)').choices(splits))
    .option('--tags <a,b>', 'added to each record', commaList)
    .option('--dry-run', 'read and check everything, store nothing')
    .addHelpText(
      'after',
      `
Examples:
  cultivar records import tickets.csv --dry-run
  cultivar records import tickets.csv --map text=body,label=intent
  cultivar records import test.jsonl --project support --split test
  cultivar records import pairs.txt --template "Q: {input} A: {output}"
  cultivar records import train.conll --project people
  cultivar records import devel.tsv --format conll --split validation
  cultivar records import project-7.json --format label-studio
  cultivar records import annotated.jsonl --format prodigy
  cultivar records import rows.jsonl --format hugging-face --label-names O,B-PER,I-PER
  cultivar records import hub/people
  cultivar records import chats.jsonl --format openai-chat`,
    )
    .action((file: string, options: ImportChoice, command: Command) =>
      inWorkspace(command, async workspace => {
        const { importRecords } = await import('../app/import-records.ts')
        const { template, delimiter, quote, encoding, header, split, tags, dryRun, offsets, controls, ...rest } =
          options
        const { scheme, predictions, labelNames, labelPrefix } = rest
        const format = rest.format ?? (template === undefined ? undefined : 'lines')
        const report = await importRecords(workspace, {
          project: await projectOrOnly(workspace, rest.project),
          file,
          mapping: { ...mappingOf(rest.map ?? []), ...onlyGiven({ offsets }) },
          ...onlyGiven({ format, template, delimiter, quote, encoding, header, split, tags, dryRun }),
          ...onlyGiven({ scheme, predictions, labelNames, labelPrefix, controls: controls && controlsOf(controls) }),
        })
        await show(command, report, () => importText(report, dryRun === true))
        if (report.added + report.skipped === 0 && report.badRows > 0) process.exitCode = errorCodes['bad-file'].exit
      }),
    )
}

function importText(report: ImportReport, dryRun: boolean): string {
  const { added, skipped, badRows, bad } = report
  const shown = bad.slice(0, mostBadRowsShown).map(({ record, line, column, character, message, hint }) => {
    const place = [
      line === undefined ? `row ${record}` : `line ${line}`,
      column !== undefined && `column “${column}”`,
      character !== undefined && `character ${character}`,
    ]
    return `  ${place.filter(Boolean).join(', ')}: ${message}${hint ? ` (${hint})` : ''}`
  })
  return [
    'Columns',
    ...report.columns.map(column => `  ${column}`),
    ...report.notes.map(note => `  ${note}`),
    ...(badRows > 0 ? ['', `Rows that could not be taken: ${badRows}`, ...shown] : []),
    ...(badRows > shown.length ? [`  … and ${badRows - shown.length} more (--json lists up to 1,000)`] : []),
    '',
    dryRun
      ? `${added} rows can be imported; nothing was stored. Another mapping: --map text=COLUMN,label=COLUMN`
      : `${added} imported${skipped > 0 ? `, ${skipped} were there already` : ''}${badRows > 0 ? `, ${badRows} left out` : ''}.`,
  ].join('\n')
}

/** `text=a,label=b`; a comma that begins no new assignment belongs to the column’s name. */
function mappingOf(assignments: string[]): MappingChoice {
  const choice: MappingChoice = {}
  const labels: string[] = []
  const fields: string[] = []
  const next = new RegExp(`,(?=(?:${roles.join('|')}|labels|fields)=)`)
  for (const assignment of assignments.flatMap(text => text.split(next))) {
    const [, role = '', column = ''] = /^([a-z]+)=(.*)$/s.exec(assignment) ?? []
    const singular = role.replace(/^(label|field)s$/, '$1')
    if (singular === 'label') {
      choice.labels = labels
      if (column !== '') labels.push(column)
    } else if (singular === 'field') {
      if (column !== '') fields.push(column)
      choice.fields = fields.length > 0 ? fields : 'none'
    } else if (
      singular === 'text' ||
      singular === 'spans' ||
      singular === 'split' ||
      singular === 'id' ||
      singular === 'tags'
    ) {
      choice[singular] = column === '' ? null : column
    } else {
      throw new CultivarError(
        'bad-input',
        `--map ${assignment} does not say what a column is.`,
        `Write role=COLUMN, the role one of ${roles.join(', ')}.`,
      )
    }
  }
  return choice
}
