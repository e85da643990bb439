/** Cultivar as a library: one workspace, with everything the command line can do. */
import { mkdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { AnyCritic, AnyGenerator } from '../engine/define.ts'
import type { Decision, StoredDecision } from '../model/decision.ts'
import type { StoredDocument } from '../model/document.ts'
import type { Project } from '../model/project.ts'
import { type Recipe, type RecipeInput, recipe as recipeSchema } from '../model/recipe.ts'
import type { StoredRecord } from '../model/record.ts'
import type { UndoChoice } from '../stores/decision-queries.ts'
import type { DocumentSummary } from '../stores/document-queries.ts'
import type { SuiteReport } from '../suites/suite-report.ts'
import { buildCard } from './card/card.ts'
import { cardText } from './card/card-text.ts'
import { type DecisionReport, decide, takeBack } from './decide.ts'
import { type AddDocumentsOptions, type AddDocumentsReport, addDocuments } from './documents/add-documents.ts'
import type { DocumentChunk } from './documents/document-chunks.ts'
import { listDocuments, removeDocument, requireDocument } from './documents/stored-documents.ts'
import { type ExportOptions, exportText, exportToFile } from './export-records.ts'
import { type Forecast, forecast } from './forecast.ts'
import { type ImportOptions, type ImportReport, importRecords } from './import-records.ts'
import { improve } from './improve/improve.ts'
import type { Improvement, ImproveOptions } from './improve/improvement.ts'
import { type Lineage, lineageOf } from './lineage.ts'
import { type Proof, type ProveOptions, prove } from './models/prove.ts'
import { findModel, listModels, loadModel, type ModelFacts, type TrainedModel } from './models/stored-models.ts'
import { type TrainOptions, type TrainReport, trainModel } from './models/train-model.ts'
import { addPlugins } from './plugins.ts'
import { createProject, listProjects, type ProjectSummary, showProject } from './projects.ts'
import {
  addProvider,
  assignProvider,
  checkProviders,
  downloadProviderModel,
  type ListedProvider,
  listProviders,
  removeProvider,
} from './providers.ts'
import { readRecipeFile } from './recipe-file.ts'
import { type RejectChoice, type Rejects, rejectsOf } from './rejects.ts'
import { buildReport, type RunReport } from './report/report.ts'
import { reportHtml } from './report/report-html.ts'
import { type GrowOptions, type RunOptions, resumeRun, runRecipe } from './run-recipe.ts'
import { runSuite, type SuiteRunChoice } from './suites/run-suite.ts'
import { findSuite } from './suites/suite-files.ts'
import { updateProvider } from './update-provider.ts'
import { type Environment, initWorkspace, openWorkspace, type Workspace } from './workspace.ts'

export interface CultivarOptions {
  /** The workspace’s folder, made one if it is none yet; default: the current folder. */
  folder?: string
  /** Generators and critics besides the built-in ones and those that `cultivar.yaml` names. */
  generators?: AnyGenerator[]
  critics?: AnyCritic[]
  /** Keys, proxies, `DATABASE_URL`; default: none but what is stored, so that a library reads no environment by itself. */
  environment?: Environment
}

/**
 * All operations of one workspace. Paths start from the current folder, those within a recipe file from that file’s.
 * Each throws CultivarError with a code, a message and a hint.
 */
export interface Cultivar {
  readonly folder: string
  createProject(project: { name: string } & Partial<Project>): Promise<Project>
  listProjects(): Promise<ProjectSummary[]>
  showProject(name: string): Promise<ProjectSummary>
  /** Reads files, folders and addresses into a project; those that cannot be read are in the report. */
  addDocuments(options: AddDocumentsOptions): Promise<AddDocumentsReport>
  listDocuments(project: string): Promise<DocumentSummary[]>
  /** By id, name, or the beginning of the id. */
  showDocument(project: string, named: string): Promise<StoredDocument>
  /** The document as generators see it. */
  documentChunks(
    project: string,
    named: string,
    options: { maxTokens: number; overlapTokens?: number },
  ): Promise<DocumentChunk[]>
  removeDocument(project: string, named: string): Promise<DocumentSummary>
  importRecords(options: ImportOptions): Promise<ImportReport>
  /** The project’s records, in order. */
  records(project: string): AsyncIterable<StoredRecord>
  exportToFile(options: ExportOptions & { out: string }): ReturnType<typeof exportToFile>
  exportText(options: ExportOptions): Promise<AsyncIterable<string>>
  addProvider(options: Parameters<typeof addProvider>[1]): ReturnType<typeof addProvider>
  listProviders(): Promise<ListedProvider[]>
  checkProviders(names?: string[]): ReturnType<typeof checkProviders>
  /** Gets the file of a local model that has a URL. */
  downloadModel(
    name: string,
    choice?: Parameters<typeof downloadProviderModel>[2],
  ): ReturnType<typeof downloadProviderModel>
  assignProvider(name: string, project: string): Promise<void>
  /** Changes what is given; the rest stays, its secrets too. */
  updateProvider(name: string, changes: Parameters<typeof updateProvider>[2]): Promise<ListedProvider>
  removeProvider(name: string): Promise<void>
  /** Runs a recipe, given as a value or as the path of its file; how it ended is in the report. */
  run(recipe: RecipeInput | string, options?: RunOptions): Promise<RunReport>
  resume(run: string, options?: GrowOptions): Promise<RunReport>
  /** What the recipe would send and cost; nothing is sent. */
  forecast(recipe: RecipeInput | string): Promise<Forecast>
  report(run: string): Promise<RunReport>
  /** The report as one HTML page. */
  reportHtml(run: string): Promise<string>
  /** What a reader of the dataset must know, in Markdown. */
  card(project: string): Promise<string>
  rejects(run: string, choice?: RejectChoice): Promise<Rejects>
  lineage(record: string): Promise<Lineage>
  /** Trains the next version of a model on a project’s records, and tests it on those held out. */
  trainModel(options: TrainOptions): Promise<TrainReport>
  listModels(): Promise<ModelFacts[]>
  /** A model trained here (`intents`, `intents@2`), to predict with. */
  loadModel(named: string): Promise<TrainedModel>
  /** Whether what was grown helps, on real records that nothing saw. */
  prove(options: ProveOptions): Promise<Proof>
  /** A suite by name or file, put to a model trained here or to any other target; the cases and the report are kept. */
  runSuite(suite: string, choice: SuiteRunChoice): Promise<SuiteReport>
  /** Tests, augments what fails, retrains, and tests again. The suite by name or file. */
  improve(options: Omit<ImproveOptions, 'suite'> & { suite: string }): Promise<Improvement>
  /** Stores decisions of one person on records of a project, all or none. */
  decide(project: string, decisions: Decision[], who: string): Promise<DecisionReport>
  /** Takes decisions back, the latest first. */
  undo(project: string, which: UndoChoice, who: string): Promise<StoredDecision[]>
  /** The newest decisions on records of a project, newest first; by default a thousand. */
  decisions(project: string, limit?: number): Promise<StoredDecision[]>
  close(): Promise<void>
}

/** Opens the workspace of a folder, making one if there is none. Close it when done. */
export async function createCultivar(options: CultivarOptions = {}): Promise<Cultivar> {
  const folder = resolve(options.folder ?? '.')
  await mkdir(folder, { recursive: true })
  await initWorkspace(folder)
  const workspace = await openWorkspace({ folder, cwd: folder, environment: options.environment ?? {} })
  addPlugins(workspace.plugins, [...(options.generators ?? []), ...(options.critics ?? [])])
  return operations(workspace)
}

function operations(workspace: Workspace): Cultivar {
  const read = async (recipe: RecipeInput | string): Promise<{ recipe: Recipe; recipeFolder: string }> =>
    typeof recipe === 'string'
      ? { recipe: await readRecipeFile(recipe, workspace.plugins), recipeFolder: dirname(resolve(recipe)) }
      : { recipe: recipeSchema.parse(recipe), recipeFolder: workspace.folder }
  return {
    folder: workspace.folder,
    createProject: project => createProject(workspace, project),
    listProjects: () => listProjects(workspace),
    showProject: name => showProject(workspace, name),
    addDocuments: choice => addDocuments(workspace, choice),
    listDocuments: project => listDocuments(workspace, project),
    showDocument: (project, named) => requireDocument(workspace, project, named),
    async documentChunks(project, named, choice) {
      // Its tokenizer takes long to load, and few need it.
      const { documentChunks } = await import('./documents/document-chunks.ts')
      return documentChunks(await requireDocument(workspace, project, named), choice)
    },
    removeDocument: (project, named) => removeDocument(workspace, project, named),
    importRecords: choice => importRecords(workspace, choice),
    records: project => workspace.store.streamRecords(project),
    exportToFile: choice => exportToFile(workspace, choice),
    exportText: choice => exportText(workspace, choice),
    addProvider: choice => addProvider(workspace, choice),
    listProviders: () => listProviders(workspace),
    checkProviders: names => checkProviders(workspace, names),
    downloadModel: (name, choice) => downloadProviderModel(workspace, name, choice),
    assignProvider: (name, project) => assignProvider(workspace, name, project),
    updateProvider: (name, changes) => updateProvider(workspace, name, changes),
    removeProvider: name => removeProvider(workspace, name),
    async run(written, choice) {
      const { recipe, recipeFolder } = await read(written)
      return runRecipe(workspace, recipe, { recipeFolder, ...choice })
    },
    resume: (run, choice) => resumeRun(workspace, run, choice),
    async forecast(written) {
      const { recipe, recipeFolder } = await read(written)
      return forecast(workspace, recipe, { recipeFolder })
    },
    report: run => buildReport(workspace, run),
    reportHtml: async run => reportHtml(await buildReport(workspace, run)),
    card: async project => cardText(await buildCard(workspace, project)),
    rejects: (run, choice) => rejectsOf(workspace, run, choice),
    lineage: record => lineageOf(workspace, record),
    trainModel: choice => trainModel(workspace, choice),
    listModels: () => listModels(workspace),
    loadModel: async named => loadModel(workspace, await findModel(workspace, named)),
    prove: choice => prove(workspace, choice),
    runSuite: (suite, choice) => runSuite(workspace, suite, choice),
    improve: async ({ suite, ...choice }) => {
      const { suite: found } = await findSuite(workspace, suite)
      return improve(workspace, { ...choice, suite: found })
    },
    decide: (project, decisions, who) => decide(workspace, project, decisions, who),
    undo: (project, which, who) => takeBack(workspace, project, which, who),
    decisions: (project, limit = 1000) => workspace.store.listDecisions(project, limit),
    close: () => workspace.close(),
  }
}
