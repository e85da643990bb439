/** `cultivar qa`: questions and answers from a document, in one command and in any folder. */
import { buffer } from 'node:stream/consumers'
import { type Command, Option } from 'commander'
import type { QaChoice } from '../app/qa.ts'
import type { Workspace } from '../app/workspace.ts'
import { onlyGiven } from '../model/only-given.ts'
import type { Recipe } from '../model/recipe.ts'
import { growShown } from './grow-shown.ts'
import { inNewWorkspace } from './in-workspace.ts'
import { collect, commaList, positiveNumber, wholeNumber } from './option-values.ts'
import { show, tell } from './output.ts'
import { saveRecipe } from './save-recipe.ts'

interface QaOptions {
  qaNums: number
  out: string
  columns: string[]
  per?: 'document' | 'chunk'
  types?: string[]
  languages?: string[]
  judge?: boolean
  param?: string[]
  project: string
  teacher?: string
  critic?: string
  budget?: string[]
  seed?: number
  password?: string
  save?: string
  dryRun?: boolean
  fresh?: boolean
  wait?: boolean
}

const ownColumns = ['question', 'answer']

export function addQa(program: Command): void {
  program
    .command('qa')
    .description('write questions and answers from documents; run again, it goes on where it stopped')
    .argument('<FILE...>', 'PDF, DOCX, HTML, Markdown or text, folders, addresses; - reads the standard input')
    .option('--qa-nums <N>', 'pairs for each document, or for each chunk', positiveNumber, 5)
    .option('--out <FILE>', 'where they are written, by the format of its ending', 'qa.jsonl')
    .option('--columns <a,b>', 'fields to write, as question,answer,quote,source', columnList, ownColumns)
    .addOption(
      new Option('--per <UNIT>', 'what --qa-nums counts for (default: document)').choices(['document', 'chunk']),
    )
    .option('--types <a,b>', 'factual, how-to, multi-hop, unanswerable (default: factual)', commaList)
    .option('--languages <a,b>', 'languages to write in, in turn (default: the document’s own)', commaList)
    .option('--judge', 'have a critic check each pair: one more call for each; quotes are looked up in any case')
    .option('--param <name=value>', 'any other parameter of the generator; may be given several times', collect)
    .option('--project <NAME>', 'the project that grows, made if there is none', 'qa')
    .option('--teacher <PROVIDER>', 'who writes (default: API_ENDPOINT’s model, or the only provider)')
    .option('--critic <PROVIDER>', 'who judges (default: the teacher)')
    .option('--budget <name=N>', 'calls=, tokens= or usd=: a hard stop; may be given several times', collect)
    .option('--seed <N>', 'same document, seed and replies: same pairs', wholeNumber)
    .option('--password <TEXT>', 'opens locked PDFs')
    .option('--save <FILE>', 'write the recipe down')
    .option('--dry-run', 'calls, tokens, cost, hosts and one exact prompt; nothing is sent')
    .option('--fresh', 'a run of its own, although this document was asked about so before')
    .option('--wait', 'wait while another run grows the project')
    .addHelpText(
      'after',
      `
Examples:
  cultivar qa manual.pdf
  cultivar qa manual.pdf --qa-nums 40 --types factual,how-to,unanswerable --judge --out train.jsonl
  pdftotext old.pdf - | cultivar qa - --columns question,answer,quote
  cultivar qa handbook/ --per chunk --qa-nums 2 --dry-run

All parameters: cultivar generators show document-qa`,
    )
    .action((files: string[], options: QaOptions, command: Command) =>
      inNewWorkspace(command, workspace => qa(workspace, command, files, options)),
    )
}

/** A list of its own takes the place of the usual columns. */
function columnList(value: string, before: string[]): string[] {
  return commaList(value, before === ownColumns ? undefined : before)
}

async function qa(workspace: Workspace, command: Command, files: string[], options: QaOptions): Promise<void> {
  const { qaRecipe } = await import('../app/qa.ts')
  const { recipe, made } = await qaRecipe(workspace, await choiceOf(files, options))
  for (const line of made) tell(line)
  if (options.save !== undefined) await saveRecipe(options.save, recipe)
  if (options.dryRun) {
    const { forecast } = await import('../app/forecast.ts')
    const { forecastText } = await import('../app/forecast-text.ts')
    const { randomUUID } = await import('node:crypto')
    const foreseen = await forecast(workspace, recipe, { ...(options.fresh && { salt: randomUUID() }) })
    await show(command, foreseen, () => forecastText(foreseen))
    return
  }
  await growAndExport(workspace, command, recipe, options)
}

async function choiceOf(files: string[], options: QaOptions): Promise<QaChoice> {
  const { qaNums, per, types, languages, judge = false, param = [] } = options
  const own = Object.entries(onlyGiven({ types, languages, judge })).map(
    ([name, value]) => `${name}=${JSON.stringify(value)}`,
  )
  const { project, teacher, critic, budget, seed, password } = options
  return {
    ...{ project, qaNums, params: [...own, ...param] },
    sources: files.filter(file => file !== '-'),
    ...(files.includes('-') && { piped: await buffer(process.stdin) }),
    ...onlyGiven({ per, teacher, critic, budget, seed, password }),
  }
}

async function growAndExport(
  workspace: Workspace,
  command: Command,
  recipe: Recipe,
  { fresh, wait, out, columns }: QaOptions,
): Promise<void> {
  const { runRecipe } = await import('../app/run-recipe.ts')
  let run = ''
  await growShown(workspace, command, {}, async watching => {
    const report = await runRecipe(workspace, recipe, { ...watching, ...onlyGiven({ fresh, wait }) })
    run = report.run
    return report
  })
  const { exportToFile } = await import('../app/export-records.ts')
  const { file, records } = await exportToFile(workspace, { of: { run }, out, columns })
  tell(`Wrote ${records} pairs to ${file}`)
}
