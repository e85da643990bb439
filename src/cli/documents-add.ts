/** `cultivar documents add`: each file that could not be read is named, and the others go on. */
import type { Command } from 'commander'
import type { AddDocumentsReport } from '../app/documents/add-documents.ts'
import { printable } from '../app/preview-table.ts'
import { spelledCount, spelledCounts } from '../app/spelled.ts'
import { errorCodes } from '../model/error.ts'
import { onlyGiven } from '../model/only-given.ts'
import { cutToWidth } from '../text/display-width.ts'
import { inWorkspace, projectOrOnly } from './in-workspace.ts'
import { amount } from './option-values.ts'
import { show, tell, terminalWidth } from './output.ts'
import { askSecret } from './read-secret.ts'

interface AddChoice {
  project?: string
  password?: string
  allowPrivate?: boolean
  maxMb?: number
}

const lineMs = 5_000
const mostSkippedShown = 5

export function addDocumentsAdd(documents: Command): void {
  documents
    .command('add')
    .description('read PDF, DOCX, HTML, Markdown and text into the project; the same file is added once')
    .argument('<SOURCE...>', 'files, folders with all documents below them, addresses (https://…)')
    .option('--project <NAME>', 'default: the only project')
    .option('--password <TEXT>', 'opens locked PDFs; a terminal asks for it, unseen')
    .option('--allow-private', 'addresses may lead to this machine and the network it is in')
    .option('--max-mb <N>', 'refuse larger files (default: 100)', amount)
    .addHelpText(
      'after',
      `
Fetching an address sends the address alone, whatever the project’s egress; nothing of the project leaves the machine.

Examples:
  cultivar documents add manual.pdf notes.docx
  cultivar documents add handbook/ --project plant
  cultivar documents add https://example.org/guide.html --max-mb 20`,
    )
    .action((sources: string[], options: AddChoice, command: Command) =>
      inWorkspace(command, async workspace => {
        const { addDocuments } = await import('../app/documents/add-documents.ts')
        const project = await projectOrOnly(workspace, options.project)
        const { password, allowPrivate, maxMb } = options
        const stopping = new AbortController()
        const stop = () => stopping.abort()
        const progress = new AddProgress()
        process.on('SIGINT', stop).on('SIGTERM', stop)
        try {
          const report = await addDocuments(workspace, {
            ...{ project, sources, signal: stopping.signal },
            ...onlyGiven({ password, allowPrivate, maxMb }),
            observe: event => progress.observe(event),
            ...(process.stdin.isTTY && {
              askPassword: async (name: string, wrong: boolean) => {
                progress.end()
                const question = wrong ? 'That does not open it. Password of' : 'Password of'
                return (await askSecret(`${question} ${printable(name)} (Enter: leave it out): `)) || undefined
              },
            }),
          })
          progress.end()
          await show(command, report, () => addedText(report))
          if (report.failed.length > 0) process.exitCode = errorCodes['bad-file'].exit
        } finally {
          progress.end()
          process.off('SIGINT', stop).off('SIGTERM', stop)
        }
      }),
    )
}

/** Which document is being read: one line that changes on a terminal, else a line every few seconds. */
class AddProgress {
  #toldMs = performance.now()

  observe({ name, done, total }: { name: string; done: number; total: number }): void {
    const line = cutToWidth(`Reading ${done + 1} of ${total}: ${printable(name)}`, terminalWidth() - 1)
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${line}`)
    else if (performance.now() - this.#toldMs >= lineMs) {
      this.#toldMs = performance.now()
      tell(line)
    }
  }

  end(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[K')
  }
}

function addedText({ added, present, failed, skipped }: AddDocumentsReport): string {
  const shown = skipped.slice(0, mostSkippedShown)
  const lines = [
    ...added.flatMap(({ id, name, title, pages, characters, notes }) => [
      `ok    ${[printable(name), id.slice(0, 12), pages > 0 && spelledCounts(pages, 'page'), spelledCounts(characters, 'character'), title && `“${printable(title)}”`].filter(Boolean).join('  ')}`,
      ...notes.map(note => `      note: ${printable(note)}`),
    ]),
    ...present.map(({ source, name }) => `same  ${printable(source)}: there already as “${printable(name)}”`),
    ...failed.flatMap(({ source, message, hint }) => [
      `FAIL  ${printable(source)}: ${printable(message)}`,
      ...(hint ? [`      ${printable(hint)}`] : []),
    ]),
    ...shown.map(path => `skip  ${printable(path)}: no document by its ending`),
    ...(skipped.length > shown.length
      ? [`      … and ${spelledCount(skipped.length - shown.length)} more (--json lists all)`]
      : []),
  ]
  const sums = [
    `${spelledCounts(added.length, 'document')} added`,
    present.length > 0 && `${spelledCount(present.length)} there already`,
    failed.length > 0 && `${spelledCount(failed.length)} could not be read`,
    skipped.length > 0 && `${spelledCount(skipped.length)} skipped`,
  ]
  return [...lines, '', `${sums.filter(Boolean).join(', ')}.`].join('\n')
}
