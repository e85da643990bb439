/** Suites of a workspace: files in its folder `suites/`, shared between projects, and read by LangTest too. */
import { mkdir, readdir, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { CultivarError } from '../../model/error.ts'
import type { Task } from '../../model/example.ts'
import { defaultSuite } from '../../suites/default-suite.ts'
import { readSuite, type Suite, suiteText } from '../../suites/suite.ts'
import { nearestName } from '../../text/nearest-name.ts'
import { readTextFile } from '../read-text-file.ts'
import type { Workspace } from '../workspace.ts'
import { writeTextFile } from '../write-text-file.ts'
import { checkedSuite } from './checked-suite.ts'

export interface SuiteFile {
  name: string
  file: string
  suite: Suite
}

const namePattern = /^[a-z0-9][a-z0-9._-]{0,63}$/

/** Stores a suite under a name. @throws CultivarError `already-exists` unless it may be replaced. */
async function saveSuite(
  workspace: Workspace,
  name: string,
  suite: Suite,
  { replace = false }: { replace?: boolean } = {},
): Promise<SuiteFile> {
  if (!namePattern.test(name)) {
    throw new CultivarError(
      'bad-input',
      `“${name}” cannot be the name of a suite.`,
      'Use lower-case letters, digits, dots, dashes and underscores, at most 64.',
    )
  }
  if (!replace && (await suiteNames(workspace)).includes(name)) {
    throw new CultivarError(
      'already-exists',
      `There is a suite “${name}” already.`,
      'Choose another name, or replace it with --replace.',
    )
  }
  await mkdir(suitesFolder(workspace), { recursive: true })
  const file = await writeTextFile(fileOf(workspace, name), suiteText({ ...suite, name }))
  return { name, file, suite: { ...suite, name } }
}

/** A new suite with what we advise for a task. */
export function initSuite(
  workspace: Workspace,
  name: string,
  task: Task,
  choice: { replace?: boolean } = {},
): Promise<SuiteFile> {
  return saveSuite(workspace, name, defaultSuite(task), choice)
}

/** Takes a file of anyone’s, a LangTest configuration as it is. Its name: the one given, its own, else the file’s. */
export async function addSuite(
  workspace: Workspace,
  file: string,
  choice: { name?: string; replace?: boolean } = {},
): Promise<SuiteFile> {
  const suite = readSuite(await readTextFile(file), file)
  const fromFile = basename(file)
    .replace(/\.[^.]+$/, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
  return saveSuite(workspace, choice.name ?? suite.name ?? fromFile, suite, choice)
}

/** Changes what a suite asks; what else its file says stays. @throws CultivarError `not-found`, or `bad-input` with the path of each member. */
export async function changeSuite(
  workspace: Workspace,
  name: string,
  content: Pick<Suite, 'expected' | 'seed' | 'count' | 'minPassRate' | 'tests'>,
): Promise<SuiteFile> {
  const { suite } = await requireSuite(workspace, name)
  const changed = checkedSuite({ ...content, name, other: suite.other, notes: [] })
  return saveSuite(workspace, name, changed, { replace: true })
}

/** By its name alone. @throws CultivarError `not-found`, `bad-input` with line and column. */
export async function requireSuite(workspace: Workspace, name: string): Promise<SuiteFile> {
  const names = await suiteNames(workspace)
  if (!names.includes(name)) throw unknownSuite(name, names)
  return findSuite(workspace, name)
}

export async function listSuites(workspace: Workspace): Promise<SuiteFile[]> {
  return Promise.all((await suiteNames(workspace)).map(name => findSuite(workspace, name)))
}

/** By its name in the workspace, else by the path of a file. @throws CultivarError `not-found`, `bad-input` with line and column. */
export async function findSuite(workspace: Workspace, named: string): Promise<SuiteFile> {
  const names = await suiteNames(workspace)
  const isPath = !names.includes(named) && /[./\\]/.test(named)
  if (!isPath && !names.includes(named)) throw unknownSuite(named, names)
  const file = isPath ? named : fileOf(workspace, named)
  const suite = readSuite(await readTextFile(file), file)
  const name = isPath ? (suite.name ?? basename(file).replace(/\.[^.]+$/, '')) : named
  return { name, file, suite: { ...suite, name } }
}

export async function removeSuite(workspace: Workspace, name: string): Promise<void> {
  const names = await suiteNames(workspace)
  if (!names.includes(name)) throw unknownSuite(name, names)
  await rm(fileOf(workspace, name))
}

function suitesFolder(workspace: Workspace): string {
  return join(workspace.folder, 'suites')
}

function fileOf(workspace: Workspace, name: string): string {
  return join(suitesFolder(workspace), `${name}.yaml`)
}

async function suiteNames(workspace: Workspace): Promise<string[]> {
  const entries = await readdir(suitesFolder(workspace)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw new CultivarError(
      'bad-file',
      `The folder of suites cannot be read: ${error.message}`,
      'Check who may read it.',
    )
  })
  return entries
    .filter(entry => entry.endsWith('.yaml'))
    .map(entry => entry.slice(0, -'.yaml'.length))
    .sort()
}

function unknownSuite(name: string, names: string[]): CultivarError {
  const near = nearestName(name, names)
  return new CultivarError(
    'not-found',
    `There is no suite “${name}”.`,
    names.length === 0
      ? 'Make one: cultivar suites init robust'
      : `There are: ${names.join(', ')}.${near === undefined ? '' : ` Did you mean “${near}”?`}`,
    { name },
  )
}
