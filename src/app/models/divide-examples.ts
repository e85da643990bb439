/** Divides examples into those to learn from, to choose by, and to test on. */
import { createHash } from 'node:crypto'
import { CultivarError } from '../../model/error.ts'
import type { Split } from '../../model/record.ts'
import type { ProjectExample } from './project-examples.ts'

export interface SplitChoice {
  /**
   * `records`: as the records say (their own split); `tags`: by the tags Train and Test; `ratio`: drawn. Default: by tags if there are
   * such, else as the records say if any is held out, else drawn.
   */
  by?: 'records' | 'tags' | 'ratio'
  /** Share of the real records that is drawn for testing; default 0.2. */
  testShare?: number
  /** Field whose records of the same value stay together; default: those of the same text do. */
  group?: string
  seed: number
}

export interface DividedExamples {
  train: ProjectExample[]
  validation: ProjectExample[]
  test: ProjectExample[]
  notes: string[]
}

const usualTestShare = 0.2

/** @throws CultivarError `bad-input` if nothing is left to learn from or to test on. */
export function divideExamples(examples: readonly ProjectExample[], choice: SplitChoice): DividedExamples {
  const by = choice.by ?? usualWay(examples)
  const share = choice.testShare ?? usualTestShare
  const placed = by === 'ratio' ? drawn(examples, share, choice.seed) : asSaid(examples, by)
  const heldOut = new Set(placed.filter(({ split }) => split !== 'train').map(({ example }) => example.id))
  const result: DividedExamples = { train: [], validation: [], test: [], notes: [] }
  let [grownOut, toldOf] = [0, 0]
  for (const { example, split } of placed) {
    // What was made from a text that is tested on says what that text says: learned from, it would flatter the model.
    if (split === 'train' && example.seeds.some(id => heldOut.has(id))) toldOf++
    else if (split !== 'train' && !example.real) grownOut++
    else result[split].push(example)
  }
  result.notes.push(sentence(by, share, choice.group))
  if (grownOut > 0)
    result.notes.push(`${grownOut} grown records are held out and not tested on: a test holds real records only.`)
  if (toldOf > 0)
    result.notes.push(`${toldOf} grown records are left out: they were made from records that are held out.`)
  for (const split of ['train', 'test'] as const) if (result[split].length === 0) throw nothingIn(split, by)
  return result
}

function usualWay(examples: readonly ProjectExample[]): NonNullable<SplitChoice['by']> {
  if (examples.some(({ tags }) => tagSplit(tags) === 'test')) return 'tags'
  return examples.some(({ split, real }) => real && split === 'test') ? 'records' : 'ratio'
}

function asSaid(
  examples: readonly ProjectExample[],
  by: 'records' | 'tags',
): { example: ProjectExample; split: Split }[] {
  return examples.flatMap(example => {
    const split = by === 'records' ? example.split : tagSplit(example.tags)
    // What was grown carries no such tag, and is there to be learned from.
    if (split === undefined) return example.real ? [] : [{ example, split: 'train' as const }]
    return [{ example, split }]
  })
}

/** What annotation tools’ tags say: Train, Validation or Test, however they are written. */
export function tagSplit(tags: readonly string[]): Split | undefined {
  const names = tags.map(tag => tag.toLowerCase())
  if (names.includes('test')) return 'test'
  if (names.includes('validation')) return 'validation'
  return names.includes('train') ? 'train' : undefined
}

/**
 * The same share of each label, by groups. Who is drawn depends on the seed and the group alone, so that records that are added later
 * leave most of the others where they were.
 */
function drawn(
  examples: readonly ProjectExample[],
  share: number,
  seed: number,
): { example: ProjectExample; split: Split }[] {
  const strata = new Map<string, Map<string, ProjectExample[]>>()
  const stratumOf = new Map<string, string>()
  for (const example of examples.filter(({ real }) => real)) {
    const stratum = stratumOf.get(example.group) ?? example.labels[0] ?? example.entities[0]?.label ?? ''
    stratumOf.set(example.group, stratum)
    const groups = strata.get(stratum) ?? new Map<string, ProjectExample[]>()
    strata.set(stratum, groups)
    groups.set(example.group, [...(groups.get(example.group) ?? []), example])
  }
  const test = new Set<string>()
  for (const groups of strata.values()) {
    const all = [...groups.values()].reduce((sum, members) => sum + members.length, 0)
    let wanted = Math.round(share * all)
    for (const [group, members] of [...groups].sort(([a], [b]) => (orderOf(seed, a) < orderOf(seed, b) ? -1 : 1))) {
      // A label of which all would be tested could not be learned.
      if (wanted <= 0 || test.size === stratumOf.size - 1 || members.length > wanted) continue
      test.add(group)
      wanted -= members.length
    }
  }
  return examples.map(example => ({ example, split: test.has(example.group) ? 'test' : 'train' }))
}

function orderOf(seed: number, group: string): string {
  return createHash('sha256').update(`${seed}\0${group}`).digest('hex')
}

function sentence(by: NonNullable<SplitChoice['by']>, share: number, group: string | undefined): string {
  const together = group === undefined ? 'equal texts' : `records of the same “${group}”`
  return {
    records: 'Divided as the records say (their split).',
    tags: 'Divided by the tags Train and Test; real records without one are left out.',
    ratio: `Divided by lot: ${Math.round(100 * share)} % of the real records of each label are tested on, ${together} stay together.`,
  }[by]
}

function nothingIn(split: 'train' | 'test', by: NonNullable<SplitChoice['by']>): CultivarError {
  const what = split === 'train' ? 'There are no records to learn from' : 'There are no real records to test on'
  const how = { records: 'by the records’ own split', tags: 'by the tags Train and Test', ratio: 'by lot' }[by]
  return new CultivarError(
    'bad-input',
    `${what}, divided ${how}.`,
    by === 'ratio'
      ? 'Import more records: a fifth of the real ones is held out for testing.'
      : `Divide by lot with --split ratio, or give records of the split ${split}: cultivar records import FILE --split ${split}`,
  )
}
