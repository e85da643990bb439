/** What a unit of `taxonomy` gives to its pipeline. */
import type { UnitContext } from '../../engine/define.ts'
import { randomStream } from '../../stats/random-stream.ts'
import { languageName } from '../../text/language-name.ts'
import type { SlotValue } from '../pipeline/pipeline.ts'
import { type Turn, turnOf } from './lessons.ts'
import { type LeafMaterial, type Passage, taxonomyMaterial } from './taxonomy-material.ts'
import type { TaxonomyParams } from './taxonomy-params.ts'

/**
 * All slots, for leaves of every kind; those that a leaf has nothing for are empty. `topic` is the leaf's path in words, `lesson` the
 * context that the examples of a knowledge leaf are about, `section` the headings over the passage, `batch` the unit's number from 1.
 */
export const slotNames: readonly string[] = [
  ...['topic', 'task', 'domain', 'outline', 'examples', 'lesson'],
  ...['document', 'section', 'passage', 'language', 'batch'],
]

/** What a pipeline is started with: for a skill, once a unit; for knowledge, once for each of its passages. */
export interface UnitStart {
  material: LeafMaterial
  slots: Record<string, SlotValue>
  /** Texts that a record must not repeat: contexts of a grounded skill, else questions. */
  seeds: string[]
  /** Records wanted. */
  asks: number
  /** What it is grown from; none for skills. */
  passage?: Passage
}

/** At least one; the same whenever it is asked for. */
export function startsOf(unit: UnitContext<TaxonomyParams>): UnitStart[] {
  const { params, material, cell, cellOrdinal, asks } = unit
  const { leaves, rotation } = taxonomyMaterial(material)
  const grown = leaves[cell]!
  const stream = randomStream(rotation).fork(cell)
  const inAUnit = (records: number) =>
    Math.max(1, Math.min(grown.passages.length, Math.ceil(records / params.perPassage)))
  const count = inAUnit(asks)
  return Array.from({ length: count }, (_, at) => {
    const turn = turnOf(grown.leaf, grown.passages.length, cellOrdinal * inAUnit(params.perCall) + at, stream)
    return startOf(unit, grown, turn, Math.ceil((asks - at) / count))
  })
}

function startOf(
  { params, cellOrdinal }: UnitContext<TaxonomyParams>,
  material: LeafMaterial,
  { lesson, passage: place }: Turn,
  asks: number,
): UnitStart {
  const { leaf, passages } = material
  const passage = passages[place]
  const { languages } = params
  return {
    material,
    asks,
    slots: {
      topic: topicOf(leaf.path),
      task: leaf.taskDescription.trim(),
      domain: leaf.domain.trim(),
      outline: leaf.documentOutline.trim(),
      examples: lesson.examples,
      lesson: lesson.context,
      document: passage?.source.document ?? '',
      section: passage?.source.headings.join(' › ') ?? '',
      passage: passage?.text ?? '',
      language: languages.length > 0 ? languageName(languages[cellOrdinal % languages.length]!) : '',
      batch: cellOrdinal + 1,
    },
    seeds:
      leaf.kind === 'grounded'
        ? leaf.seeds.map(({ context }) => context)
        : leaf.seeds.flatMap(({ pairs }) => pairs.map(({ question }) => question)),
    ...(passage && { passage }),
  }
}

/** `compositional_skills/grounded/linguistics/word_games` → `linguistics, word games`. */
export function topicOf(path: string): string {
  const folders = path.split('/').slice(1)
  return (folders[0] === 'grounded' ? folders.slice(1) : folders).join(', ').replaceAll('_', ' ')
}
