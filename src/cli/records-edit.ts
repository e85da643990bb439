/** `cultivar records edit`: fields set on the command line, or the whole record in the person's editor. */
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import type { Decision } from '../model/decision.ts'
import { CultivarError } from '../model/error.ts'
import type { StoredRecord } from '../model/record.ts'
import { naming, showDecisions } from './decision-options.ts'
import { inWorkspace } from './in-workspace.ts'
import { collect } from './option-values.ts'

interface EditOptions {
  set?: string[]
  marked?: string[]
  editor?: boolean
  by?: string
}

export function addRecordsEdit(records: Command): void {
  naming(records.command('edit'))
    .description('change what a record says; spans stay on their words')
    .argument('<ID>', 'its id, or the beginning of it')
    .option('--set <FIELD=VALUE>', 'the new value of a field; may be given several times', collect)
    .option('--marked <FIELD=TEXT>', 'a text with its spans marked: [[TYPE: words]]', collect)
    .option('--editor', 'open fields and labels in $EDITOR, as JSON')
    .addHelpText(
      'after',
      `
Examples:
  cultivar records edit 03b33d9d4a.0.1 --set text="Where is my card?"
  cultivar records edit 03b33d9d4a.0.1 --marked text="I flew to [[LOC: Rome]]"
  cultivar records edit 03b33d9d4a.0.1 --editor`,
    )
    .action((id: string, options: EditOptions, command: Command) =>
      inWorkspace(command, async workspace => {
        const { requireRecord } = await import('../app/find-stored.ts')
        const { requireProject } = await import('../app/projects.ts')
        const { decide, whoDecides } = await import('../app/decide.ts')
        const record = await requireRecord(workspace, id)
        const { project } = await requireProject(workspace, record.project)
        const decisions = await decisionsOf(record, options, project.kind === 'entities')
        const who = whoDecides(workspace.environment, options.by)
        await showDecisions(command, await decide(workspace, record.project, decisions, who), 'edited', options)
      }),
    )
}

async function decisionsOf(
  record: StoredRecord,
  { set = [], marked = [], editor = false }: EditOptions,
  marks: boolean,
): Promise<Decision[]> {
  const { decisionsFromJson, editsOf, recordAsJson } = await import('../app/edit-record.ts')
  if (set.length + marked.length > 0 === editor) {
    throw new CultivarError(
      'bad-input',
      editor ? 'Fields were set, and the editor was asked for too.' : 'Nothing says what to change.',
      'Give fields with --set or --marked, or --editor to write them yourself.',
    )
  }
  if (editor) return inEditor(recordAsJson(record, marks), written => decisionsFromJson(record, written, marks))
  return editsOf(record, [
    ...set.map(pair => ({ ...fieldAndText(pair), marked: false })),
    ...marked.map(pair => ({ ...fieldAndText(pair), marked: true })),
  ])
}

function fieldAndText(pair: string): { field: string; text: string } {
  const [, field, text = ''] = /^([^=]+)=(.*)$/s.exec(pair) ?? []
  if (field !== undefined) return { field, text }
  throw new CultivarError('bad-input', `“${pair}” does not set a field.`, 'Write FIELD=VALUE, as text="Hello".')
}

/** What the person made of the text. A text that cannot be read stays in its file, so that no work is lost. */
async function inEditor<T>(text: string, read: (written: string) => T): Promise<T> {
  const { VISUAL, EDITOR } = process.env
  const editor = VISUAL || EDITOR || 'vi'
  const folder = await mkdtemp(join(tmpdir(), 'cultivar-edit-'))
  const file = join(folder, 'record.json')
  await writeFile(file, text)
  const code = await new Promise<number | null>(resolve => {
    const child = spawn(`${editor} "${file}"`, { shell: true, stdio: 'inherit' })
    child.once('error', () => resolve(null)).once('close', resolve)
  })
  if (code !== 0) {
    await rm(folder, { recursive: true })
    throw new CultivarError(
      'bad-input',
      `The editor “${editor}” did not end well: nothing was changed.`,
      'Set EDITOR to the editor you use, or give fields with --set.',
    )
  }
  try {
    const made = read(await readFile(file, 'utf8'))
    await rm(folder, { recursive: true })
    return made
  } catch (error) {
    if (!(error instanceof CultivarError)) throw error
    throw new CultivarError(
      error.code,
      error.message,
      `${error.hint}\nWhat you wrote is still in ${file}`,
      error.details,
    )
  }
}
