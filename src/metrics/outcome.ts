/** What a model got right and wrong in one text, label by label: what all scores are sums of. */
import type { Entity } from '../model/example.ts'

/** Of one label in one text: how often it stands there, how often it was predicted, and how often rightly. */
interface LabelCount {
  label: string
  support: number
  predicted: number
  correct: number
}

export interface TextOutcome {
  counts: LabelCount[]
  /** 1 if the whole text was got right, else 0; between them where several answers are pooled. */
  exact: number
}

/** By labels: those of the text against those predicted, whatever their order. */
export function classificationOutcome(gold: readonly string[], predicted: readonly string[]): TextOutcome {
  const [right, said] = [new Set(gold), new Set(predicted)]
  const counts = [...new Set([...right, ...said])].map(label => ({
    label,
    support: Number(right.has(label)),
    predicted: Number(said.has(label)),
    correct: Number(right.has(label) && said.has(label)),
  }))
  return { counts, exact: Number(counts.every(({ support, predicted }) => support === predicted)) }
}

/** By entities: one is right if its place and label are, exactly (CoNLL-2003). */
export function entityOutcome(gold: readonly Entity[], predicted: readonly Entity[]): TextOutcome {
  const [right, said] = [keysOf(gold), keysOf(predicted)]
  const counts = new Map<string, LabelCount>()
  const countOf = (label: string) => {
    const known = counts.get(label) ?? { label, support: 0, predicted: 0, correct: 0 }
    counts.set(label, known)
    return known
  }
  for (const label of right.values()) countOf(label).support++
  for (const [key, label] of said) {
    countOf(label).predicted++
    if (right.has(key)) countOf(label).correct++
  }
  const list = [...counts.values()]
  return {
    counts: list,
    exact: Number(list.every(each => each.correct === each.support && each.correct === each.predicted)),
  }
}

function keysOf(entities: readonly Entity[]): Map<string, string> {
  return new Map(entities.map(({ start, end, label }) => [`${start} ${end} ${label}`, label]))
}

/**
 * Several models' outcomes of the same texts, as one: the counts of a text are those of all of them, so that resampling texts takes
 * all answers to a text or none.
 */
export function pooledOutcomes(models: readonly (readonly TextOutcome[])[]): TextOutcome[] {
  const [first = []] = models
  return first.map((_, text) => ({
    counts: models.flatMap(outcomes => outcomes[text]!.counts),
    exact: models.reduce((sum, outcomes) => sum + outcomes[text]!.exact, 0) / models.length,
  }))
}
