/** What InstructLab’s schema lets pass and its process does not use well. */
import { wordsOf } from '../text/words.ts'
import { mappingsAt } from './build-leaf.ts'
import type { TaxonomyLeaf } from './leaf.ts'
import { type LeafPlace, taxonomyFolders } from './leaf-path.ts'
import type { Finding } from './qna-problem.ts'
import { entryOf, type MappingNode } from './yaml/node.ts'

/** Conventions of InstructLab’s taxonomy guide. */
const mostContextWords = 500
const mostPairWords = 250
/** InstructLab’s prompts show the first three. */
const pairsUsed = 3

/** `root` is what the leaf was made of. */
export function advise(root: MappingNode, leaf: TaxonomyLeaf, place: LeafPlace): Finding[] {
  const seeds = mappingsAt(root, 'seed_examples')
  return [
    ...placement(root, place),
    ...contexts(root, leaf, seeds),
    ...leaf.seeds.flatMap((_, at) => sizes(leaf, seeds, at)),
  ]
}

function placement(root: MappingNode, { top }: LeafPlace): Finding[] {
  if (top !== undefined && taxonomyFolders.includes(top)) return []
  const { offset } = root.start
  const message = `InstructLab reads leaves below ${taxonomyFolders.join('/ and ')}/ only.`
  return [{ rule: 'placement', offset, message, repair: 'Move its folder below one of these.' }]
}

function contexts(root: MappingNode, { kind, seeds }: TaxonomyLeaf, nodes: MappingNode[]): Finding[] {
  const { offset } = (entryOf(root, 'seed_examples') ?? root).start
  const bare = seeds.findIndex(({ context }) => context === '')
  if (kind === 'grounded' && bare >= 0) {
    const message = `Seed example ${bare + 1} has no context, others have one.`
    const repair = 'Give all of them a context, or none; a leaf is grounded or free-form as a whole.'
    return [{ rule: 'mixed-seeds', offset: nodes[bare]!.start.offset, message, repair }]
  }
  const [first, ...others] = seeds
  if (kind === 'freeform' || others.length === 0 || others.some(({ context }) => context !== first!.context)) return []
  const message = 'All seed examples have the same context.'
  const repair = 'Write different contexts: what is grown varies as much as they do.'
  return [{ rule: 'repeated-context', offset, message, repair }]
}

function sizes({ seeds, kind }: TaxonomyLeaf, nodes: MappingNode[], at: number): Finding[] {
  const { context, pairs } = seeds[at]!
  const node = nodes[at]!
  const findings: Finding[] = []
  const tooLong = (text: string, most: number, what: string, holder: MappingNode) => {
    const words = wordsOf(text).length
    if (words <= most) return
    const offset = (entryOf(holder, what) ?? holder).start.offset
    const message = `The ${what} of seed example ${at + 1} has ${words} words; the convention is at most ${most}.`
    findings.push({
      rule: `long-${what}`,
      offset,
      message,
      repair: 'Shorten it, so that it fits a prompt with others.',
    })
  }
  tooLong(context, mostContextWords, 'context', node)
  const holders = kind === 'knowledge' ? mappingsAt(node, 'questions_and_answers') : [node]
  for (const [index, { question, answer }] of pairs.entries()) {
    tooLong(question, mostPairWords, 'question', holders[index]!)
    tooLong(answer, mostPairWords, 'answer', holders[index]!)
  }
  if (pairs.length > pairsUsed) {
    findings.push({
      ...{ rule: 'many-pairs', offset: holders[pairsUsed]!.start.offset },
      message: `Seed example ${at + 1} has ${pairs.length} question-answer pairs; InstructLab uses the first ${pairsUsed}.`,
      repair: 'Keep three, or put the others below a context of their own. (Cultivar uses all of them.)',
    })
  }
  return findings
}
