/** Recipes given on the command line, and recipes written down as tidy YAML. */
import { isScalar, parseDocument, stringify } from 'yaml'
import { canonicalJson } from '../model/json.ts'
import { type Recipe, recipe } from '../model/recipe.ts'
import { badRecipe, plainValue } from './recipe-file.ts'
import { type RecipeProblem, recipeProblems } from './recipe-problems.ts'
import type { RecipePlugins } from './recipe-schema.ts'

/** A recipe as it is given on the line; each assignment is `name=value`, its value a YAML scalar or JSON. */
export interface RecipeLine {
  project: string
  generator: string
  /** `--param label=x --param similar=8` */
  params?: string[]
  teacher?: string | undefined
  /** `--critic judge --critic '{ kind: length, most: 2 }'` */
  critics?: string[]
  /** `--target 50`, `--target to=500`, or one `--target cell=20` for each cell. */
  target?: string[]
  /** `--budget usd=2.5` */
  budget?: string[]
  seed?: number | undefined
  tags?: string[] | undefined
}

/**
 * The recipe a command line says, checked like a recipe file.
 *
 * @throws CultivarError `bad-recipe`, which names the option of each problem.
 */
export function recipeFromLine(line: RecipeLine, plugins: RecipePlugins): Recipe {
  const texts = new Map<string, string>()
  const assigned = (option: string, assignments: string[]) => {
    const values: Record<string, unknown> = Object.create(null)
    for (const assignment of assignments) {
      // A cell may be called “shift=night”; what it wants never holds an equals sign.
      const [, name, text = ''] = (option === 'target' ? /^(.+)=(.*)$/s : /^([^=]+)=(.*)$/s).exec(assignment) ?? []
      if (name === undefined) throw badRecipe([`--${option} ${assignment}: no “=” (expected name=value)`])
      if (name in values)
        throw badRecipe([`--${option} ${name}: given twice (expected once; a list is written [a, b])`])
      values[name] = readValue(option, text)
      texts.set(name, text)
    }
    return { ...values }
  }
  const { critics = [], target = [], budget = [], params = [], ...rest } = line
  const [only] = target
  const written = {
    ...rest,
    params: assigned('param', params),
    ...(critics.length > 0 && { critics: critics.map(text => criticOf(readValue('critic', text))) }),
    ...(only !== undefined && {
      target: target.length === 1 && !only.includes('=') ? readValue('target', only) : assigned('target', target),
    }),
    ...(budget.length > 0 && { budget: assigned('budget', budget) }),
  }
  const text = (problem: RecipeProblem) =>
    problem.path.length === 2 && problem.path[0] === 'params' ? texts.get(String(problem.path[1])) : undefined
  let problems = recipeProblems(written, plugins)
  // On a line nobody can see that 7 is a number where a text was due: it is taken as it stands.
  for (const problem of problems.filter(({ wantsText }) => wantsText)) {
    const bare = text(problem)
    if (bare !== undefined) written.params[String(problem.path[1])] = bare
  }
  if (problems.length > 0) problems = recipeProblems(written, plugins)
  if (problems.length > 0) throw badRecipe(problems.map(problem => `${optionOf(problem)}: ${problem.text}`))
  return recipe.parse(written)
}

/** Brackets and quotes are read as YAML or JSON; bare words are numbers, truth values and null as YAML has them, else text as it stands. */
function readValue(option: string, text: string): unknown {
  const document = parseDocument(text, { prettyErrors: false })
  if (!/^\s*[[{"']/.test(text)) {
    const bare = isScalar(document.contents) && !document.contents.tag && document.errors.length === 0
    return bare && typeof document.toJS() !== 'string' ? document.toJS() : text
  }
  const refuse = (problem: string) => badRecipe([`--${option} ${text}: ${problem}`])
  const [fault] = document.errors
  if (fault) throw refuse(`${fault.message} (expected YAML or JSON)`)
  return plainValue(document, refuse)
}

function criticOf(value: unknown): unknown {
  return typeof value === 'string' ? { kind: value } : value
}

const optionNames: Record<string, string> = { params: 'param', critics: 'critic' }

function optionOf({ path }: RecipeProblem): string {
  const [first, second] = path.map(String)
  if (first === undefined || first === 'generator') return 'the generator'
  const option = `--${optionNames[first] ?? first}`
  return second === undefined || first === 'critics' ? option : `${option} ${second}`
}

/**
 * The recipe as YAML that readRecipe reads back to the same; members that have their default are left out.
 * With `schema`, the path or URL of the recipe’s JSON Schema, a first line tells editors where it is.
 */
export function recipeText(written: Recipe, schema?: string): string {
  const { project, generator } = written
  const defaults: Record<string, unknown> = recipe.parse({ project, generator })
  const told = Object.entries(recipe.shape)
    .map(([name]) => [name, tidy(name, written[name as keyof Recipe])] as const)
    .filter(
      ([name, value]) =>
        value !== undefined && (always.has(name) || canonicalJson(value) !== canonicalJson(tidy(name, defaults[name]))),
    )
  const head = schema === undefined ? '' : `# yaml-language-server: $schema=${schema}\n`
  return head + stringify(Object.fromEntries(told), { lineWidth: 100, singleQuote: false })
}

const always = new Set(['project', 'generator', 'seed'])

/** Leaves out what a reader would take for granted. */
function tidy(name: string, value: unknown): unknown {
  if (name === 'critics') {
    return (value as Recipe['critics']).map(({ enabled, ...choice }) => (enabled ? choice : { ...choice, enabled }))
  }
  if (name !== 'limits' && name !== 'rounds') return value
  const defaults: Record<string, unknown> = recipe.shape[name].parse({})
  return Object.fromEntries(Object.entries(value as object).filter(([key, member]) => member !== defaults[key]))
}
