/** Files about to be imported: what they are, what each column would be, and the first records as they would be stored. */
import { basename } from 'node:path'
import { applyMapping } from '../formats/apply-mapping.ts'
import { isField, type Mapping, type MappingChoice } from '../formats/column-mapping.ts'
import type { ReadOptions, RowError } from '../formats/format.ts'
import type { ColumnRole } from '../model/api/imports.ts'
import { CultivarError } from '../model/error.ts'
import type { Json } from '../model/json.ts'
import type { Project } from '../model/project.ts'
import type { Content, Split } from '../model/record.ts'
import { readHuggingFaceFolder } from './hugging-face-folder.ts'
import { arrangeFiles } from './import-files.ts'
import { mappingOfRows, type OpenedRows, openRows } from './import-rows.ts'
import { requireProject } from './projects.ts'
import type { Workspace } from './workspace.ts'

export interface PeekOptions extends ReadOptions {
  project: string
  files: string[]
  format?: string
  mapping?: MappingChoice
  split?: Split
}

export interface ImportPeek {
  format: string
  /** Names of the files that are read, in order. */
  files: string[]
  columns: { name: string; role: ColumnRole; values: string[] }[]
  mapping: Mapping
  /** Good rows that were looked at, whether there are more of the file, and the first of them as records. */
  rows: number
  more: boolean
  records: (Content & { row: number; split: Split; tags: string[] })[]
  /** Rows among those looked at that could not be taken. */
  badRows: number
  bad: RowError[]
  /** Labels that the project’s list does not have, in the order they were met. */
  newLabels: string[]
  notes: string[]
  /** Whether nothing looks like text, so that somebody has to say what is. */
  lacksText: boolean
}

const rowsLookedAt = 500
const recordsShown = 8
const badShown = 20
const valuesShown = 3
const longestValue = 160

/** Reads the beginning of the first file alone. Throws CultivarError as `importRecords`. */
export async function peekImport(workspace: Workspace, options: PeekOptions): Promise<ImportPeek> {
  const { project } = await requireProject(workspace, options.project)
  const { opened, files, notes } = await openFirst(workspace, options)
  const { mapping, lacksText } = mappingOrNone(opened, project, options.mapping ?? {})
  const open = { ...project, labels: [] }
  const listed = new Set(project.labels)
  const peek: ImportPeek = {
    ...{
      format: opened.format.kind,
      files,
      mapping,
      lacksText,
      rows: 0,
      more: false,
      records: [],
      badRows: 0,
      bad: [],
    },
    columns: opened.columns.map(name => ({ name, role: roleOf(name, mapping), values: valuesOf(opened, name) })),
    newLabels: [],
    notes: [...notes, ...opened.told],
  }
  const fault = (error: RowError) => {
    peek.badRows++
    if (peek.bad.length < badShown) peek.bad.push(error)
  }
  for await (const row of opened.rows) {
    if (peek.rows + peek.badRows >= rowsLookedAt) {
      peek.more = true
      break
    }
    if (row.error) {
      fault(row.error)
      continue
    }
    const mapped = applyMapping(row, mapping, open)
    if (mapped.error) {
      fault(mapped.error)
      continue
    }
    peek.rows++
    const { content, split = options.split ?? 'train', tags = [] } = mapped
    const labels = project.kind === 'entities' ? content.spans.map(({ label }) => label) : content.labels
    for (const label of labels) {
      if (listed.has(label)) continue
      listed.add(label)
      peek.newLabels.push(label)
    }
    if (peek.records.length < recordsShown) peek.records.push({ ...content, row: row.record, split, tags })
  }
  peek.notes.push(...opened.notes)
  return peek
}

async function openFirst(
  workspace: Workspace,
  { files: given, ...options }: PeekOptions,
): Promise<{ opened: OpenedRows; files: string[]; notes: string[] }> {
  const [first, ...others] = await arrangeFiles(given, options.format)
  if (first === undefined) throw new CultivarError('bad-input', 'There is no file to import.', 'Choose one.')
  if (given.length > 1 && others.length === 0) {
    const { files, labelNames } = await readHuggingFaceFolder(first)
    const opened = await openRows(workspace, {
      ...options,
      ...{ file: files[0]!.file, format: 'hugging-face', labelNames: options.labelNames ?? labelNames },
    })
    const placed = files.map(({ file, split }) => `${basename(file)} → ${split ?? options.split ?? 'train'}`)
    return { opened, files: files.map(({ file }) => basename(file)), notes: placed }
  }
  const opened = await openRows(workspace, { ...options, file: first })
  return { opened, files: given.map(file => basename(file)), notes: [] }
}

/** Where nothing looks like text, all else is guessed: whoever imports is shown the columns and says it. */
function mappingOrNone(
  opened: OpenedRows,
  project: Project,
  said: MappingChoice,
): { mapping: Mapping; lacksText: boolean } {
  const isProse = project.kind !== 'records'
  try {
    const mapping = mappingOfRows(opened, project, said)
    return { mapping, lacksText: isProse && mapping.text === null }
  } catch (error) {
    if (said.text !== undefined || !(error instanceof CultivarError)) throw error
    return { mapping: mappingOfRows(opened, project, { ...said, text: null }), lacksText: true }
  }
}

function roleOf(column: string, mapping: Mapping): ColumnRole {
  if (column === mapping.text) return 'text'
  if (mapping.labels.includes(column)) return 'label'
  for (const role of ['spans', 'split', 'id', 'tags'] as const) if (column === mapping[role]) return role
  return isField(column, mapping) ? 'field' : 'left out'
}

function valuesOf({ sample }: OpenedRows, column: string): string[] {
  return sample.slice(0, valuesShown).map(values => shortened(values[column] ?? ''))
}

function shortened(value: Json): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length <= longestValue ? text : `${text.slice(0, longestValue).toWellFormed()} …`
}
