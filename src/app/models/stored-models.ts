/** Trained models of a workspace: `.cultivar/models/<name>/<version>/`, each with what it was trained on. */
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readSequenceTagger, type SequenceTagger } from '../../learning/sequence-tagger.ts'
import { readTextClassifier, type TextClassifier } from '../../learning/text-classifier.ts'
import { CultivarError } from '../../model/error.ts'
import type { Task } from '../../model/example.ts'
import { nearestName } from '../../text/nearest-name.ts'
import { makeOwnFolder, ownFolder, type Workspace } from '../workspace.ts'
import { writeTextFile } from '../write-text-file.ts'
import type { ModelTest } from './test-model.ts'
import type { LearningPoint } from './train-model.ts'

/** What is kept of a model besides its weights. */
export interface ModelFacts {
  name: string
  /** 1, 2, 3 … of this name. */
  version: number
  project: string
  task: Task
  labels: string[]
  multiLabel: boolean
  createdMs: number
  /** How it was trained, so that it can be trained again. */
  training: {
    examples: number
    grown: number
    seed: number
    classWeights: 'balanced' | 'none'
    /** Records held out for testing when it was trained, by id: it may be tested on these. */
    heldOut: string[]
    cpuMs: number
    notes: string[]
  }
  bytes: number
}

/** How a model was tested when it was trained, or later. Intervals that cannot be said are null where they are read. */
export interface ModelReport {
  test: ModelTest
  learningCurve: LearningPoint[]
  warnings: string[]
}

export type TrainedModel = TextClassifier | SequenceTagger

const namePattern = /^[a-z0-9][a-z0-9._-]{0,63}$/

/** Stores the next version of the name. Readers see it whole or not at all. */
export async function saveModel(
  workspace: Workspace,
  facts: Omit<ModelFacts, 'version' | 'bytes' | 'createdMs'>,
  bytes: Uint8Array,
): Promise<ModelFacts> {
  checkModelName(facts.name)
  const folder = join(modelsFolder(workspace), facts.name)
  await makeOwnFolder(workspace.folder)
  try {
    await mkdir(folder, { recursive: true })
    const draft = join(folder, `.draft-${process.pid}-${workspace.clock.now()}`)
    await mkdir(draft)
    await writeFile(join(draft, 'model.bin'), bytes)
    for (let version = (await versionsOf(workspace, facts.name)).at(-1) ?? 0; ; ) {
      version++
      const saved: ModelFacts = { ...facts, version, createdMs: workspace.clock.now(), bytes: bytes.length }
      await writeFile(join(draft, 'model.json'), `${JSON.stringify(saved, null, 2)}\n`)
      // Where somebody else saved this version a moment ago, renaming onto a folder that is not empty fails: the next one is tried.
      const moved = await rename(draft, join(folder, `${version}`)).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOTEMPTY' || error.code === 'EEXIST') return false
          throw error
        },
      )
      if (moved) return saved
    }
  } catch (error) {
    if (error instanceof CultivarError) throw error
    const { code, message } = error as NodeJS.ErrnoException
    throw new CultivarError(
      code === 'ENOSPC' || code === 'EDQUOT' ? 'storage-full' : 'storage-unavailable',
      `Model “${facts.name}” cannot be saved: ${message}`,
      'Make room, or check who may write to the folder, and train again.',
    )
  }
}

/** All versions of all models, by name and version. */
export async function listModels(workspace: Workspace): Promise<ModelFacts[]> {
  const names = await foldersIn(modelsFolder(workspace))
  const models = await Promise.all(
    names.sort().map(async name => {
      const versions = await versionsOf(workspace, name)
      return Promise.all(versions.map(version => readFacts(workspace, name, version)))
    }),
  )
  return models.flat()
}

/** `intents` (its newest version) or `intents@2`. @throws CultivarError `not-found`, or `bad-file` if it is damaged. */
export async function findModel(workspace: Workspace, named: string): Promise<ModelFacts> {
  const [name = '', wanted] = named.split('@')
  const versions = namePattern.test(name) ? await versionsOf(workspace, name) : []
  const version = wanted === undefined ? versions.at(-1) : versions.find(each => `${each}` === wanted)
  if (version === undefined) throw await unknownModel(workspace, named, versions)
  return readFacts(workspace, name, version)
}

export async function loadModel(workspace: Workspace, facts: ModelFacts): Promise<TrainedModel> {
  const path = join(modelsFolder(workspace), facts.name, `${facts.version}`, 'model.bin')
  const bytes = await readFile(path).catch((error: Error) => {
    throw new CultivarError('bad-file', `“${path}” cannot be read: ${error.message}`, 'Train the model again.')
  })
  return readModel(facts.task, bytes)
}

/** Keeps how the model was tested beside it, in place of what was there. */
export async function saveModelReport(workspace: Workspace, facts: ModelFacts, report: ModelReport): Promise<void> {
  await writeTextFile(reportFile(workspace, facts), `${JSON.stringify(report)}\n`)
}

/** Undefined where it was not tested yet. */
export async function readModelReport(workspace: Workspace, facts: ModelFacts): Promise<ModelReport | undefined> {
  const text = await readFile(reportFile(workspace, facts), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw new CultivarError('bad-file', `The test of a model cannot be read: ${error.message}`, 'Test it again.')
  })
  return text === undefined ? undefined : JSON.parse(text)
}

export function readModel(task: Task, bytes: Uint8Array): TrainedModel {
  return task === 'entities' ? readSequenceTagger(bytes) : readTextClassifier(bytes)
}

/** One version if one is named, else all of them. */
export async function removeModel(workspace: Workspace, named: string): Promise<ModelFacts[]> {
  const found = await findModel(workspace, named)
  const all = (await listModels(workspace)).filter(({ name }) => name === found.name)
  const removed = named.includes('@') ? [found] : all
  for (const { name, version } of removed) {
    await rm(join(modelsFolder(workspace), name, `${version}`), { recursive: true, force: true })
  }
  return removed
}

export function checkModelName(name: string): void {
  if (namePattern.test(name)) return
  throw new CultivarError(
    'bad-input',
    `“${name}” cannot be the name of a model.`,
    'Use lower-case letters, digits, dots, dashes and underscores, at most 64.',
  )
}

function modelsFolder(workspace: Workspace): string {
  return join(ownFolder(workspace.folder), 'models')
}

function reportFile(workspace: Workspace, { name, version }: ModelFacts): string {
  return join(modelsFolder(workspace), name, `${version}`, 'report.json')
}

async function versionsOf(workspace: Workspace, name: string): Promise<number[]> {
  const folders = await foldersIn(join(modelsFolder(workspace), name))
  return folders
    .filter(folder => /^[1-9]\d*$/.test(folder))
    .map(Number)
    .sort((a, b) => a - b)
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new CultivarError('bad-file', `“${folder}” cannot be read: ${error.message}`, 'Check who may read it.')
  })
  return entries.filter(entry => entry.isDirectory()).map(({ name }) => name)
}

async function readFacts(workspace: Workspace, name: string, version: number): Promise<ModelFacts> {
  const path = join(modelsFolder(workspace), name, `${version}`, 'model.json')
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new CultivarError(
      'bad-file',
      `“${path}” cannot be read: ${message}`,
      `Train it again, or: cultivar models remove ${name}@${version}`,
    )
  }
}

async function unknownModel(workspace: Workspace, named: string, versions: number[]): Promise<CultivarError> {
  const [name = ''] = named.split('@')
  const names = [...new Set((await listModels(workspace)).map(model => model.name))]
  const near = nearestName(name, names)
  const hint =
    versions.length > 0
      ? `Its versions: ${versions.map(version => `${name}@${version}`).join(', ')}.`
      : names.length === 0
        ? 'Train one: cultivar models train --name intents'
        : `There are: ${names.join(', ')}.${near === undefined ? '' : ` Did you mean “${near}”?`}`
  return new CultivarError('not-found', `There is no model “${named}”.`, hint, { named })
}
