/** Perturbations that give the people of a text names of one group: names borne mostly by it, or the user's. */
import { z } from 'zod'
import {
  type FirstNameGroup,
  firstNamesOf,
  type GroupName,
  type LastNameGroup,
  lastNamesOf,
  type NameKind,
} from '../people/known-names.ts'
import { type NameInText, namesInText, nameTable } from '../people/names-in-text.ts'
import { definePerturbation, type Perturb } from '../perturbation.ts'
import { drawOnce, writtenAs } from './draw-once.ts'

const nameList = z.array(z.string().trim().min(1)).min(1)
const replace = nameList.nullish().describe('More names to look for than those that are known')
const listedParams = z.strictObject({
  names: nameList.nullish().describe('What to put in, in the place of our list'),
  replace,
})

type Example = { before: string; after: string }

/** First names give way to those of a group; a woman's name to a woman's, a man's to a man's, where that is known. */
export function firstNameReplacement(group: FirstNameGroup, adjective: string, example: Example) {
  return definePerturbation({
    kind: `replace_to_${group}_firstnames`,
    category: 'bias',
    summary: `Gives people first names that are mostly borne by ${adjective} Americans`,
    example,
    params: listedParams,
    open: ({ params: { names, replace } }) =>
      replacing('first', names ? unsexed(names) : firstNamesOf(group), replace, names ? undefined : group),
  })
}

/** Last names give way to those of a group. */
export function lastNameReplacement(group: LastNameGroup, adjective: string, example: Example) {
  return definePerturbation({
    kind: `replace_to_${group}_lastnames`,
    category: 'bias',
    summary: `Gives people last names that are mostly borne by ${adjective} Americans`,
    example,
    params: listedParams,
    open: ({ params: { names, replace } }) =>
      replacing('last', names ? unsexed(names) : lastNamesOf(group), replace, names ? undefined : group),
  })
}

/** For groups that no citable source lists names of: names give way to the user's. */
export function givenNameReplacement(
  definition: { kind: string; summary: string; example: Example & { params: { names: string[] } } },
  which: NameKind,
  adjective: string,
) {
  const missing = `no list of ${adjective} names with a citable source ships with Cultivar: give names: [..]`
  const names = z
    .array(z.string().trim().min(1), { error: ({ input }) => (input == null ? missing : undefined) })
    .min(1, missing)
    .describe('What to put in')
  return definePerturbation({
    ...definition,
    category: 'bias',
    params: z.strictObject({ names, replace }),
    open: ({ params }) => replacing(which, unsexed(params.names), params.replace, undefined),
  })
}

function unsexed(names: readonly string[]): GroupName[] {
  return names.map(name => ({ name }))
}

function replacing(
  which: NameKind,
  pool: readonly GroupName[],
  more: readonly string[] | null | undefined,
  group: string | undefined,
): Perturb {
  const table = nameTable(more ?? [])
  const own = new Set(pool.map(({ name }) => name.toLowerCase()))
  const all = pool.map(({ name }) => name)
  const fitting = { female: fittingNames(pool, 'male'), male: fittingNames(pool, 'female') }
  const isOwn = ({ key, known }: NameInText) => own.has(key) || (group !== undefined && known[which]?.group === group)
  return (text, entities, random) => {
    const standIn = drawOnce(random)
    return namesInText(text, entities, table).flatMap(name => {
      const known = name.known[which]
      if (!known || (name.mayBe !== which && name.mayBe !== 'either') || isOwn(name)) return []
      const gender = which === 'first' ? name.known.first?.gender : undefined
      const { start, end, key } = name
      const drawn = standIn(key, gender ? fitting[gender] : all)
      return [{ start, end, text: writtenAs(text.slice(start, end), drawn) }]
    })
  }
}

/** All where none fits. */
function fittingNames(pool: readonly GroupName[], not: GroupName['gender']): string[] {
  const fitting = pool.filter(({ gender }) => gender !== not)
  return (fitting.length > 0 ? fitting : pool).map(({ name }) => name)
}
