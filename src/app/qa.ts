/** Questions and answers from files in one step: project, documents and provider are seen to, and the recipe is written. */
import { createHash } from 'node:crypto'
import { readDocument } from '../documents/read-document.ts'
import { CultivarError } from '../model/error.ts'
import type { Recipe } from '../model/recipe.ts'
import { type AddDocumentsOptions, addDocuments } from './documents/add-documents.ts'
import { createProject } from './projects.ts'
import { assignProvider, defaultProvider, listProviders } from './providers.ts'
import { type RecipeLine, recipeFromLine } from './recipe-line.ts'
import { spelledCounts } from './spelled.ts'
import type { Workspace } from './workspace.ts'

export interface QaChoice
  extends Omit<RecipeLine, 'project' | 'generator' | 'target'>,
    Pick<AddDocumentsOptions, 'password'> {
  project: string
  /** Files, folders and addresses. */
  sources: string[]
  /** A document besides, as it was piped in. */
  piped?: Uint8Array
  /** Questions to keep for each document, or for each chunk. */
  qaNums: number
  per?: 'document' | 'chunk'
  /** Provider that judges. */
  critic?: string
}

/**
 * The recipe, and what was made for it in words. The number of questions for each document is its target, so that asking for more
 * goes on with the same run.
 *
 * @throws CultivarError `not-found` where nobody can be asked, `bad-input` for a project of another kind, `bad-recipe` for parameters
 * that make no recipe, and why a document cannot be read.
 */
export async function qaRecipe(workspace: Workspace, choice: QaChoice): Promise<{ recipe: Recipe; made: string[] }> {
  const { project, sources, password, piped, qaNums, per = 'document', critic, params = [], ...line } = choice
  const made: string[] = []
  const written = (ids: string[]) => {
    const counted = per === 'document' ? { target: [String(qaNums * ids.length)] } : {}
    const own = [`only=${JSON.stringify(ids)}`, `per=${per}`, ...(per === 'chunk' ? [`qaNums=${qaNums}`] : [])]
    const given = { ...line, ...counted, project, generator: 'document-qa', params: [...own, ...params] }
    return recipeFromLine(given, workspace.plugins)
  }
  // Before anything is read or stored, what the line says is known to make a recipe.
  written(['none yet'])
  await requireProjectOfRecords(workspace, project, made)
  const teacher = await teacherOf(workspace, project, line.teacher, made)
  const ids = [
    ...(piped ? [await storePiped(workspace, project, piped)] : []),
    ...(await storeFiles(workspace, { project, sources, ...(password !== undefined && { password }) }, made)),
  ]
  const recipe = written([...new Set(ids)])
  return { recipe: { ...recipe, teacher, ...(critic !== undefined && { critic }) }, made }
}

async function requireProjectOfRecords(workspace: Workspace, name: string, made: string[]): Promise<void> {
  const found = await workspace.store.findProject(name)
  if (!found) {
    await createProject(workspace, { name, kind: 'records' })
    made.push(`Made project ${name} for its records`)
  } else if (found.project.kind !== 'records') {
    throw new CultivarError(
      'bad-input',
      `Project “${name}” is of the kind ${found.project.kind}; questions and answers need one of records.`,
      'Name another with --project; it is made if there is none of that name.',
    )
  }
}

/** The one named, the project's own, the environment's, or the only one that there is; it may be used for the project from now on. */
async function teacherOf(
  workspace: Workspace,
  project: string,
  named: string | undefined,
  made: string[],
): Promise<string> {
  const known = await listProviders(workspace)
  const names = known.map(({ provider }) => provider.name)
  const own = known.filter(({ projects }) => projects.includes(project)).map(({ provider }) => provider.name)
  const decided = own.length > 0 || Boolean(workspace.environment['API_ENDPOINT'])
  if (named === undefined && !decided && names.length > 1) throw severalToAsk(names)
  const only = decided ? undefined : names[0]
  const chosen = named ?? only ?? (await defaultProvider(workspace, project))
  if (chosen === undefined) throw nobodyToAsk()
  if (names.includes(chosen) && !own.includes(chosen)) {
    await assignProvider(workspace, chosen, project)
    made.push(`Project ${project} may use provider ${chosen} from now on`)
  }
  return chosen
}

async function storeFiles(workspace: Workspace, files: AddDocumentsOptions, made: string[]): Promise<string[]> {
  if (files.sources.length === 0) return []
  const report = await addDocuments(workspace, files)
  const [failed] = report.failed
  if (failed) throw new CultivarError(failed.code, failed.message, failed.hint, { source: failed.source })
  for (const { name, characters, pages, notes } of report.added) {
    const size = [...(pages > 0 ? [spelledCounts(pages, 'page')] : []), spelledCounts(characters, 'character')]
    made.push(`Read ${name}: ${size.join(', ')}`, ...notes.map(note => `  ${note}`))
  }
  return [...report.added, ...report.present].map(({ id }) => id)
}

async function storePiped(workspace: Workspace, project: string, bytes: Uint8Array): Promise<string> {
  const id = createHash('sha256').update(bytes).digest('hex')
  if (await workspace.store.findDocument(project, id)) return id
  const document = await readDocument({ name: 'stdin', bytes })
  const facts = { id, project, source: 'stdin', bytes: bytes.length, createdMs: workspace.clock.now() }
  await workspace.store.addDocument({ ...document, ...facts })
  return id
}

function nobodyToAsk(): CultivarError {
  return new CultivarError(
    'not-found',
    'There is no model to ask yet.',
    [
      'A model server on this machine: cultivar providers detect --add',
      'A service: set API_ENDPOINT, API_KEY and MODEL, or cultivar providers add gpt --kind openai --model gpt-4.1-mini --key-env OPENAI_API_KEY',
    ].join('\n'),
  )
}

function severalToAsk(names: string[]): CultivarError {
  return new CultivarError(
    'bad-input',
    `There are several models to ask: ${names.join(', ')}.`,
    `Name one: --teacher ${names[0]}`,
  )
}
