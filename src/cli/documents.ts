/** `cultivar documents`: add, list, show, chunks, remove. */
import type { Command } from 'commander'
import { padded, previewTable, printable } from '../app/preview-table.ts'
import { spelledCount, spelledCounts } from '../app/spelled.ts'
import { addDocumentsAdd } from './documents-add.ts'
import { inWorkspace, projectOrOnly } from './in-workspace.ts'
import { positiveNumber, wholeNumber } from './option-values.ts'
import { print, show, tell, terminalWidth, wantsJson } from './output.ts'

interface Named {
  project?: string
}

interface ShowChoice extends Named {
  page?: number
  pages?: boolean
}

interface ChunkChoice extends Named {
  maxTokens: number
  overlap: number
}

export function addDocuments(program: Command): void {
  const documents = program
    .command('documents')
    .description('manuals, papers, pages: what records are grown from, read as Markdown')
  addDocumentsAdd(documents)

  documents
    .command('list')
    .description('list the documents of a project, in the order they were added')
    .argument('[PROJECT]', 'default: the only project')
    .option('--project <NAME>', 'the project, too')
    .addHelpText('after', '\nExample:\n  cultivar documents list plant')
    .action((named: string | undefined, options: Named, command: Command) =>
      inWorkspace(command, async workspace => {
        const { listDocuments } = await import('../app/documents/stored-documents.ts')
        const listed = await listDocuments(workspace, await projectOrOnly(workspace, named, options.project))
        await show(command, listed, () =>
          listed.length === 0
            ? 'No documents yet. Add one: cultivar documents add FILE'
            : previewTable(
                [
                  ...['id', 'name', 'format'].map(title => ({ title })),
                  ...['pages', 'characters'].map(title => ({ title, align: 'right' as const })),
                  { title: 'title' },
                ],
                listed.map(({ id, name, format, pages, characters, title }) => [
                  ...[id.slice(0, 12), name, format, pages > 0 ? spelledCount(pages) : '', spelledCount(characters)],
                  title,
                ]),
                terminalWidth(),
              ),
        )
      }),
    )

  about(documents.command('show'))
    .description('print a document as Markdown, with a comment where each page begins')
    .option('--page <N>', 'only this page', positiveNumber)
    .option('--pages', 'mark the pages (default)')
    .option('--no-pages', 'leave the marks out')
    .addHelpText(
      'after',
      `
Examples:
  cultivar documents show manual.pdf --page 12
  cultivar documents show 3f2a9c --no-pages > manual.md`,
    )
    .action((named: string, options: ShowChoice, command: Command) =>
      inWorkspace(command, async workspace => {
        const { pageSpan, requireDocument, withPageMarks } = await import('../app/documents/stored-documents.ts')
        const document = await requireDocument(workspace, await projectOrOnly(workspace, options.project), named)
        const { id, name, notes, markdown } = document
        if (options.page !== undefined) {
          const { start, end } = pageSpan(document, options.page)
          const text = markdown.slice(start, end)
          await show(command, { id, name, page: options.page, start, end, markdown: text }, () => text)
          return
        }
        if (!wantsJson(command)) for (const note of notes) tell(`note: ${printable(note)}`)
        await show(command, document, () => (options.pages === false ? markdown : withPageMarks(document)))
      }),
    )

  about(documents.command('chunks'))
    .description('print a document in the chunks that generators see, each with its place')
    .option('--max-tokens <N>', 'most tokens of a chunk (default: 500)', positiveNumber, 500)
    .option('--overlap <N>', 'tokens of whole sentences repeated from the chunk before (default: 0)', wholeNumber, 0)
    .addHelpText(
      'after',
      `
Offsets count UTF-16 code units of the Markdown that “documents show --no-pages” prints.

Examples:
  cultivar documents chunks manual.pdf
  cultivar documents chunks manual.pdf --max-tokens 300 --overlap 40 --json`,
    )
    .action((named: string, options: ChunkChoice, command: Command) =>
      inWorkspace(command, async workspace => {
        const { requireDocument } = await import('../app/documents/stored-documents.ts')
        const { documentChunks } = await import('../app/documents/document-chunks.ts')
        const document = await requireDocument(workspace, await projectOrOnly(workspace, options.project), named)
        const chunks = documentChunks(document, { maxTokens: options.maxTokens, overlapTokens: options.overlap })
        if (wantsJson(command)) return show(command, chunks, () => '')
        for (const { number, page, headings, start, end, tokens, text } of chunks) {
          const place = [
            ...[String(number), headings.map(printable).join(' > '), page !== undefined && `page ${page}`],
            ...[`${start}–${end}`, spelledCounts(tokens, 'token')],
          ]
          await print(
            `${padded(`── ${place.filter(Boolean).join(' · ')} `, terminalWidth()).replace(/ +$/, rule)}\n${text}\n`,
          )
        }
        tell(`${spelledCounts(chunks.length, 'chunk')}.`)
      }),
    )

  about(documents.command('remove'))
    .description('remove a document from its project; what was grown from it stays')
    .addHelpText('after', '\nExample:\n  cultivar documents remove manual.pdf')
    .action((named: string, options: Named, command: Command) =>
      inWorkspace(command, async workspace => {
        const { removeDocument } = await import('../app/documents/stored-documents.ts')
        const removed = await removeDocument(workspace, await projectOrOnly(workspace, options.project), named)
        await show(
          command,
          { removed },
          () => `Removed document ${printable(removed.name)} (${removed.id.slice(0, 12)}).`,
        )
      }),
    )
}

function about(command: Command): Command {
  return command
    .argument('<ID|NAME>', 'its name or id; the beginning of the id is enough')
    .option('--project <NAME>', 'default: the only project')
}

function rule(blanks: string): string {
  return ` ${'─'.repeat(blanks.length - 1)}`
}
