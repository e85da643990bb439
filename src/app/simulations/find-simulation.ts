/** Simulations by name or by file: those built in, and models that users wrote. */
import { realpath, stat } from 'node:fs/promises'
import { relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CultivarError } from '../../model/error.ts'
import { findBuiltIn } from '../../simulations/built-in.ts'
import { isSimulation, type Simulation } from '../../simulations/simulation.ts'
import { resolveSelf } from '../resolve-self.ts'
import { type HashedModel, hashModel, isAsHashed } from './model-hash.ts'

export interface FoundSimulation {
  simulation: Simulation
  /** `built-in`, or the path as it was given. */
  from: string
  /** Of a file: its hash, and the files that count (model-hash.ts). */
  hashed?: HashedModel
}

/**
 * By the name of one built in, or by the path of a file that exports one: `./model.ts`; of several in a file, `./model.ts#name`.
 * Loading a file runs it.
 *
 * @param expected what another thread found: it need not be worked out again
 * @throws CultivarError `not-found`, `bad-file` for a file that cannot be loaded or that defines no model, `run-changed` for one that
 * was loaded or found before it was changed, itself or what it imports.
 */
export async function findSimulation(nameOrPath: string, expected?: HashedModel): Promise<FoundSimulation> {
  if (!isPath(nameOrPath)) return { simulation: findBuiltIn(nameOrPath), from: 'built-in' }
  const [path, name] = placeOf(nameOrPath)
  const found = await stat(path).catch(() => undefined)
  if (!found?.isFile()) {
    const what = found ? `${path} is a folder, and a model is a file.` : `There is no file “${path}”.`
    throw new CultivarError('not-found', what, 'Check the path; “cultivar simulations list” shows those built in.')
  }
  // Node remembers where links lead to.
  const file = await realpath(path)
  const hashed = expected ?? (await hashModel(file))
  if (expected && !(await isAsHashed(expected))) throw runChanged(path, 'it, or what it imports,', [])
  requireUnchanged(path, hashed.files)
  const simulation = chosen(await load(file, path), path, name)
  checkShape(simulation, path)
  return { simulation, from: path, hashed }
}

/** What a thread that is to find it may be told; undefined for one that is built in, and for what is no file. */
export async function hashedModel(nameOrPath: string): Promise<HashedModel | undefined> {
  if (!isPath(nameOrPath)) return undefined
  const [path] = placeOf(nameOrPath)
  const found = await stat(path).catch(() => undefined)
  return found?.isFile() ? hashModel(path) : undefined
}

/** Path and name behind `#`. */
function placeOf(nameOrPath: string): [path: string, name: string | undefined] {
  const [, path = '', name] = /^(.*?)(?:#([^#/\\]+))?$/s.exec(nameOrPath) ?? []
  return [path, name]
}

/** Whether it names a file, and not a simulation that is built in. */
export function isPath(nameOrPath: string): boolean {
  return /[/\\]|\.[cm]?[jt]s(#|$)/.test(nameOrPath)
}

/** What this process loaded, or tried to: SHA-256 by path. */
const loaded = new Map<string, string>()

/**
 * Node loads a module once in a process, so that a changed file would have the new hash and the old code. Loading it anew under another
 * address would leave what it imports as it was; a command or a thread is soon begun again.
 */
function requireUnchanged(path: string, files: ReadonlyMap<string, string>): void {
  const changed = [...files].filter(([file, hash]) => (loaded.get(file) ?? hash) !== hash).map(([file]) => file)
  if (changed.length > 0) throw runChanged(path, changed.map(file => relative('', file)).join(', '), changed)
  for (const [file, hash] of files) loaded.set(file, hash)
}

function runChanged(path: string, what: string, changed: string[]): CultivarError {
  return new CultivarError(
    'run-changed',
    `${path} cannot be loaded again: ${what} changed since this program loaded it.`,
    'Start the program again: it loads a file once.',
    { path, changed },
  )
}

async function load(file: string, path: string): Promise<Record<string, unknown>> {
  resolveSelf()
  try {
    return await import(pathToFileURL(file).href)
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) }
    throw new CultivarError(
      'bad-file',
      `${path} cannot be loaded: ${name}${lineIn(file, error)}: ${message}`,
      'A model is an ES module (.ts, .js) that imports from “cultivar/simulations”. TypeScript may be used as far as it can be stripped: no enums, no namespaces.',
      { path },
    )
  }
}

/** Where in the file it was; nothing where that is not known. */
function lineIn(file: string, error: unknown): string {
  const stack = (error instanceof Error && error.stack) || ''
  const [, after = ''] = stack.split(stack.includes(`${file}:`) ? `${file}:` : `${pathToFileURL(file).href}:`)
  const line = Number.parseInt(after, 10)
  return Number.isNaN(line) ? '' : ` in line ${line}`
}

/** The one of that name; without a name the default export, or the only one there is. */
function chosen(exported: Record<string, unknown>, path: string, name: string | undefined): Simulation {
  const all = [...new Set(Object.values(exported).flat().filter(isSimulation))]
  if (all.length === 0) {
    // What is no ES module, such as an empty file, comes as one that exports its `module.exports`.
    const names = Object.keys('module.exports' in exported ? Object(exported['module.exports']) : exported)
    throw new CultivarError(
      'bad-file',
      `${path} defines no model: it exports ${names.length === 0 ? 'nothing' : names.join(', ')}.`,
      'End it with “export default defineSimulation({ name, version, summary, parameters, steps, model })”, from cultivar/simulations.',
      { path },
    )
  }
  const usual = isSimulation(exported['default']) ? exported['default'] : all.length === 1 ? all[0] : undefined
  const found = name === undefined ? usual : all.find(simulation => simulation.name === name)
  if (found) return found
  const names = all.map(simulation => simulation.name)
  throw new CultivarError(
    name === undefined ? 'bad-input' : 'not-found',
    name === undefined ? `${path} defines ${names.length} models.` : `${path} defines no model “${name}”.`,
    `Say which: ${names.map(one => `${path}#${one}`).join(', ')}`,
    { path, names },
  )
}

/** Files of plain JavaScript are checked by nobody else. */
function checkShape(simulation: Simulation, path: string): void {
  const { name, version, summary, parameters, steps, model } = simulation
  const faults: [boolean, string][] = [
    [typeof name === 'string' && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name), 'name: lower-case words with hyphens'],
    [Number.isInteger(version) && version > 0, 'version: 1, 2, …'],
    [typeof summary === 'string', 'summary: one line'],
    [typeof parameters?.safeParse === 'function' && 'shape' in parameters, 'parameters: z.object({ … })'],
    [Number.isInteger(steps) && steps >= 0, 'steps: how many a run has'],
    [typeof model === 'function', 'model: the class of the model'],
  ]
  const wrong = faults.find(([right]) => !right)
  if (!wrong) return
  throw new CultivarError(
    'bad-file',
    `The model in ${path} is not complete: ${wrong[1]}.`,
    'defineSimulation takes { name, version, summary, parameters, steps, model }.',
    { path },
  )
}
