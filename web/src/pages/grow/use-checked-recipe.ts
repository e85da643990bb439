/** A recipe checked as it is written, and what it would do and cost once nothing is wrong with it. */
import { useDebouncedValue } from '@mantine/hooks'
import type { CheckedRecipe, ForecastShown } from '../../../../src/model/api/grow.ts'
import type { SentTo } from '../../api/call.ts'
import { useEndpoint } from '../../api/use-endpoint.ts'
import type { FormProblem } from '../../form/field.ts'
import type { Draft, Written } from './draft.ts'

const pauseMs = 400

export interface Checked {
  /** Of the recipe a moment ago; undefined at first. */
  checked: CheckedRecipe | undefined
  forecast: ForecastShown | undefined
  forecastError: unknown
  /** Whether `checked` is of the recipe as it is now. */
  settled: boolean
  /** Whether what is shown is of an earlier recipe. */
  stale: boolean
}

export function useCheckedRecipe(project: string, { recipe, yaml }: Draft): Checked {
  const [settled] = useDebouncedValue(recipe, pauseMs)
  const check = useEndpoint('checkRecipe', checkOf({ recipe: settled, ...(yaml !== undefined && { yaml }) }), {
    keepPrevious: true,
  })
  const sound = check.data !== undefined && check.data.problems.length === 0
  const forecast = useEndpoint(
    'forecastRecipe',
    { params: { project }, body: { recipe: settled } } as SentTo<'forecastRecipe'>,
    { enabled: sound, keepPrevious: true },
  )
  const isSettled = settled === recipe && check.data !== undefined && !check.isPlaceholderData
  return {
    checked: check.data,
    settled: isSettled,
    forecast: sound ? forecast.data : undefined,
    forecastError: sound ? forecast.error : undefined,
    stale: !isSettled || forecast.isPlaceholderData,
  }
}

/** What a draft is checked as: whatever is written is JSON already. */
export function checkOf(draft: Draft): SentTo<'checkRecipe'> {
  return { body: draft } as SentTo<'checkRecipe'>
}

/** Problems for forms. What is missing from a recipe nobody has tried to run is not told yet. */
export function formProblems(checked: CheckedRecipe | undefined, recipe: Written, attempted: boolean): FormProblem[] {
  return (checked?.problems ?? [])
    .filter(({ path }) => attempted || valueAt(recipe, path) !== undefined)
    .map(({ path, message }) => ({ path: path.join('.'), message: message.replace(/^params\./, '') }))
}

/** Those below a member, with their paths from there. */
export function problemsBelow(problems: FormProblem[], member: string): FormProblem[] {
  return problems
    .filter(({ path }) => path === member || path.startsWith(`${member}.`))
    .map(problem => ({ ...problem, path: problem.path.slice(member.length + 1) }))
}

function valueAt(recipe: Written, path: (string | number)[]): unknown {
  return path.reduce<unknown>((at, step) => (at as Record<string | number, unknown> | null | undefined)?.[step], recipe)
}
