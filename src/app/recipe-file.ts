/** Reads recipes from YAML or JSON text, with every problem at its line and column. */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLError,
} from 'yaml'
import { CultivarError } from '../model/error.ts'
import { type Recipe, recipe } from '../model/recipe.ts'
import { nearestName } from '../text/nearest-name.ts'
import { readTextFile } from './read-text-file.ts'
import { type RecipeProblem, recipeProblems } from './recipe-problems.ts'
import type { RecipePlugins } from './recipe-schema.ts'

const mostProblemsShown = 12
/** Room for templates with many values; more is data that belongs in a file of its own. */
const longestRecipe = 16 * 2 ** 20

/**
 * Reads a recipe file: UTF-8, or UTF-16 with a byte-order mark.
 *
 * @throws CultivarError `not-found`, `bad-file`, or what readRecipe throws.
 */
export async function readRecipeFile(path: string, plugins: RecipePlugins): Promise<Recipe> {
  const text = await readTextFile(path).catch(error => {
    if (!(error instanceof CultivarError) || error.code !== 'not-found') throw error
    const names = plugins.generators.map(generator => generator.kind)
    const near = nearestName(path, names)
    throw new CultivarError(
      'not-found',
      `There is no recipe file “${path}”${near ? ` (did you mean the generator “${near}”?)` : ''}.`,
      `Give the path of a recipe, or one of the generators: ${names.join(', ')}.`,
    )
  })
  return readRecipe(text, path, plugins)
}

/**
 * The recipe that `text` writes, checked against the parameters of its generator and critics; `params` and critics stay as they
 * were written. `file` is what messages call it.
 *
 * @throws CultivarError `bad-recipe`, whose message lists each problem as `file:line:column: what is wrong (what was expected)`.
 */
export function readRecipe(text: string, file: string, plugins: RecipePlugins): Recipe {
  const { written, problems } = inspectRecipe(text, plugins)
  if (problems.length > 0) {
    throw badRecipe(problems.map(({ line, column, text }) => `${file}:${line}:${column}: ${text}`))
  }
  return recipe.parse(written)
}

/** A problem and where it stands in the text, from line 1, column 1. */
export interface PlacedProblem {
  path: PropertyKey[]
  line: number
  column: number
  /** What is wrong and, in brackets, what was expected. */
  text: string
}

/** What a recipe’s text holds, finished or not, and all that is wrong with it, in order. `written` is undefined where the text cannot be read. */
export function inspectRecipe(text: string, plugins: RecipePlugins): { written: unknown; problems: PlacedProblem[] } {
  const refused = (text: string) => ({ written: undefined, problems: [{ path: [], line: 1, column: 1, text }] })
  if (/[\0\u0001-\u0008]/.test(text.slice(0, 65_536))) {
    return refused('this is not a text file (expected a recipe in YAML or JSON, saved as UTF-8)')
  }
  if (text.length > longestRecipe) {
    return refused(`the file has ${text.length} characters (expected at most ${longestRecipe})`)
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const faults = [...document.errors, ...document.warnings]
  if (faults.length > 0) {
    const problems = faults.map(fault => ({ path: [], ...at(fault.pos[0]), text: syntaxProblem(fault) }))
    return { written: undefined, problems }
  }
  if (document.contents === null)
    return refused('the file is empty (expected a recipe: project, generator, params, target …)')
  const { written, fault } = plainWritten(document)
  if (fault !== undefined) return refused(fault)
  const placed = recipeProblems(written, plugins).map(problem => ({ ...problem, offset: offsetOf(document, problem) }))
  placed.sort((a, b) => a.offset - b.offset)
  const problems = placed.map(({ path, offset, text }) => ({ path, ...at(offset), text }))
  return { written, problems }
}

/** The error for a list of problems, shortened if there are many. */
export function badRecipe(problems: string[]): CultivarError {
  const distinct = [...new Set(problems)]
  const shown = distinct.slice(0, mostProblemsShown)
  if (shown.length < distinct.length) shown.push(`… and ${distinct.length - shown.length} more`)
  return new CultivarError(
    'bad-recipe',
    shown.join('\n'),
    'Correct the recipe. “cultivar recipes list” shows each generator and critic with its parameters.',
    { problems: distinct },
  )
}

/** The value as JSON would hold it: aliases copied, within reason. */
export function plainValue(document: Document, refuse: (problem: string) => CultivarError): unknown {
  const { written, fault } = plainWritten(document)
  if (fault !== undefined) throw refuse(fault)
  return written
}

function plainWritten(document: Document): { written: unknown; fault?: string } {
  try {
    return { written: JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: 100 }))) }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    return {
      written: undefined,
      fault: `the aliases (*name) cannot be resolved: ${reason} (expected few, each after its anchor &name)`,
    }
  }
}

const syntaxWords: Partial<Record<YAMLError['code'], string>> = {
  DUPLICATE_KEY: 'this member stands here twice (expected each name once)',
  TAB_AS_INDENT: 'a tab is used to indent (expected spaces)',
  MULTIPLE_DOCS: 'a second document begins here (expected one recipe a file)',
  BLOCK_AS_IMPLICIT_KEY: 'a second “: ” on one line (expected quotes around a text that holds a colon)',
  RESOURCE_EXHAUSTION: 'too many levels of nesting (expected a recipe)',
}

function syntaxProblem({ code, message }: YAMLError | Document['warnings'][number]): string {
  return syntaxWords[code] ?? `${message[0]?.toLowerCase()}${message.slice(1)} (expected YAML)`
}

/** Where a problem stands: at its member’s name, at its value, or at the nearest place around what is missing. */
function offsetOf(document: Document, { path, atKey }: RecipeProblem): number {
  let node: unknown = document.contents
  let offset = startOf(node)
  for (const [depth, step] of path.entries()) {
    const inner = isAlias(node) ? node.resolve(document) : node
    if (isMap(inner)) {
      const pair = inner.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(step))
      if (!pair) return offset
      node = pair.value
      offset = startOf((atKey && depth === path.length - 1) || !node ? pair.key : node, startOf(pair.key))
    } else if (isSeq(inner)) {
      node = inner.items[Number(step)]
      if (!node) return offset
      offset = startOf(node)
    } else return offset
  }
  return offset
}

function startOf(node: unknown, otherwise = 0): number {
  return (node as Node | null | undefined)?.range?.[0] ?? otherwise
}
