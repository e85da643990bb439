/** A user's file of a model as a browser can load it: types stripped, imports pointing to where the server has them. */
import { dirname, extname, relative, resolve, sep } from 'node:path'
import { CultivarError } from '../../model/error.ts'
import * as library from '../../simulations/index.ts'
import { readTextFile } from '../read-text-file.ts'
import { moduleImports } from './module-imports.ts'

/** What is asked for as a module of this name is the library itself, as the page loaded it. */
export const libraryModule = 'cultivar-simulations.js'
const zodModule = 'zod.js'
const known: Record<string, string> = { 'cultivar/simulations': libraryModule, zod: zodModule }

/**
 * JavaScript of a module of `folder`. What it imports is asked for beside it, as one name without slashes.
 *
 * @throws CultivarError `not-found` for a file outside of the folder or of another kind, `bad-file` for one that cannot be read as a module.
 */
export async function browserModule(folder: string, name: string): Promise<string> {
  if (name === libraryModule) return fromGlobal(Object.keys(library), '')
  if (name === zodModule) return fromGlobal(['z'], 'export default library.z')
  const path = resolve(folder, name)
  const inside = !relative(folder, path).startsWith('..') && relative(folder, path) !== ''
  if (!inside || !/^\.[cm]?[jt]s$/.test(extname(path))) {
    throw new CultivarError(
      'not-found',
      `${name} is no module of this model.`,
      'In a browser, a model imports cultivar/simulations, zod, and .ts or .js files below its own folder.',
    )
  }
  const source = await readTextFile(path)
  try {
    let written = ''
    let from = 0
    const { code, imports } = await moduleImports(source, path)
    for (const { specifier, start, end, later } of imports) {
      const address = addressOf(specifier, path, folder)
      // What is imported later stands in quotes that belong to its place.
      written += code.slice(from, start) + (later ? JSON.stringify(address) : address)
      from = end
    }
    return written + code.slice(from)
  } catch (error) {
    if (error instanceof CultivarError) throw error
    throw new CultivarError(
      'bad-file',
      `${name} cannot be read as a module: ${error instanceof Error ? error.message : String(error)}`,
      'Models are ES modules; TypeScript may be used as far as it can be stripped (no enums, no namespaces).',
    )
  }
}

/** The worker of the page puts the library there before it loads a model, so that there is one of it. */
function fromGlobal(names: string[], more: string): string {
  const shared = "const library = globalThis[Symbol.for('cultivar.simulations')]"
  return `${[shared, ...names.map(name => `export const ${name} = library.${name}`), more].join('\n')}\n`
}

function addressOf(specifier: string, path: string, folder: string): string {
  const own = known[specifier]
  if (own !== undefined) return `./${own}`
  if (specifier.startsWith('.'))
    return `./${encodeURIComponent(
      relative(folder, resolve(dirname(path), specifier))
        .split(sep)
        .join('/'),
    )}`
  throw new CultivarError(
    'bad-file',
    `${relative(folder, path)} imports “${specifier}”, which a browser does not have.`,
    'In a browser, a model imports cultivar/simulations, zod, and .ts or .js files below its own folder.',
  )
}
