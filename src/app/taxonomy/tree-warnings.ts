/** What a person should look at in a taxonomy before growing it, though nothing of it is an error. */
import type { TaxonomyLeaf, TaxonomySeed } from '../../taxonomy/leaf.ts'
import { foldText } from '../../text/normalize.ts'
import { spelledCounts } from '../spelled.ts'

export interface TreeWarning {
  about: 'uneven-seeds' | 'repeated-context' | 'mixed-kinds' | 'shared-question'
  text: string
  /** What to do about it. */
  advice: string
  places: WarningPlace[]
}

export interface WarningPlace {
  /** Paths of the leaves meant. */
  leaves: string[]
  /** What of them: `5 seeds`. */
  detail: string
}

/** Seeds of the richest leaf for each of the poorest from which on they are called uneven. */
const mostTimes = 3
const mostQuestionLetters = 60

export function treeWarnings(leaves: TaxonomyLeaf[]): TreeWarning[] {
  return [unevenSeeds(leaves), repeatedContexts(leaves), mixedKinds(leaves), sharedQuestions(leaves)].filter(
    warning => warning.places.length > 0,
  )
}

/** Names the leaves of the end that has fewer: one leaf of sixty seeds among many of five is the odd one. */
function unevenSeeds(leaves: TaxonomyLeaf[]): TreeWarning {
  const counts = leaves.map(({ seeds }) => seeds.length)
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)]
  const poor = leaves.filter(({ seeds }) => seeds.length * mostTimes < most)
  const rich = leaves.filter(({ seeds }) => seeds.length > fewest * mostTimes)
  const odd = poor.length <= rich.length ? poor : rich
  return {
    about: 'uneven-seeds',
    text: `Leaves differ more than threefold in seeds, from ${fewest} to ${most}.`,
    advice:
      'Add seeds to the short leaves, or split the long ones. Each leaf is grown to the same number of rows, but from few seeds they vary little.',
    places: odd
      .toSorted((a, b) => a.seeds.length - b.seeds.length)
      .map(({ path, seeds }) => ({ leaves: [path], detail: spelledCounts(seeds.length, 'seed') })),
  }
}

function repeatedContexts(leaves: TaxonomyLeaf[]): TreeWarning {
  return {
    about: 'repeated-context',
    text: 'Seeds of one leaf repeat the same context.',
    advice:
      'Give each seed a context of its own. In a knowledge leaf, put all questions about a passage under one context.',
    places: leaves.flatMap(({ path, seeds }) => {
      const repeated = timesRepeated(seeds)
      const detail = `one context stands in ${repeated} of ${spelledCounts(seeds.length, 'seed')}`
      return repeated > 1 ? [{ leaves: [path], detail }] : []
    }),
  }
}

/** How many seeds share the context that most do. */
function timesRepeated(seeds: TaxonomySeed[]): number {
  const counts = new Map<string, number>()
  for (const { context } of seeds)
    if (context !== '') counts.set(foldText(context), (counts.get(foldText(context)) ?? 0) + 1)
  return Math.max(0, ...counts.values())
}

function mixedKinds(leaves: TaxonomyLeaf[]): TreeWarning {
  return {
    about: 'mixed-kinds',
    text: 'Some seeds of a leaf have a context and some have none.',
    advice:
      'Split the leaf: one with contexts, below compositional_skills/grounded/, and one without. InstructLab goes by the first seed alone.',
    places: leaves.flatMap(({ path, seeds }) => {
      const withContext = seeds.filter(({ context }) => context !== '').length
      const mixed = withContext > 0 && withContext < seeds.length
      const detail = `${withContext} of ${spelledCounts(seeds.length, 'seed')} with a context`
      return mixed ? [{ leaves: [path], detail }] : []
    }),
  }
}

/** Of a grounded skill the context belongs to the question: “Summarize this.” of two texts is not the same. */
function sharedQuestions(leaves: TaxonomyLeaf[]): TreeWarning {
  const found = new Map<string, { question: string; paths: Set<string> }>()
  for (const { path, kind, seeds } of leaves) {
    for (const { context, pairs } of seeds) {
      for (const { question } of pairs) {
        const key = foldText(kind === 'grounded' ? `${context}\n${question}` : question)
        if (!found.has(key)) found.set(key, { question, paths: new Set() })
        found.get(key)!.paths.add(path)
      }
    }
  }
  const shared = [...found.values()].filter(({ paths }) => paths.size > 1)
  const byLeaves = Map.groupBy(shared, ({ paths }) => [...paths].join('\n'))
  return {
    about: 'shared-question',
    text: 'The same question is a seed of more than one leaf.',
    advice: 'Keep it in the leaf it belongs to: of near-copies across leaves only the first is kept.',
    places: [...byLeaves.values()].map(([first, ...others]) => ({
      leaves: [...first!.paths],
      detail: `“${shortened(first!.question)}”${others.length > 0 ? ` and ${others.length} more` : ''}`,
    })),
  }
}

function shortened(question: string): string {
  const line = question.replace(/\s+/g, ' ').trim()
  return line.length > mostQuestionLetters ? `${[...line].slice(0, mostQuestionLetters).join('')}…` : line
}
