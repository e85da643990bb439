/** The sequence tagger: finds the entities of a text as a linear-chain conditional random field learned from examples. */
import { CultivarError } from '../model/error.ts'
import type { Example } from '../model/example.ts'
import type { ScoredEntity } from '../model/prediction.ts'
import { randomStream } from '../stats/random-stream.ts'
import { TaggerLearner } from './sequence-tagger-training.ts'
import { TagDecoder } from './tag-decoder.ts'
import type { EntityCounts } from './tag-states.ts'
import { taggerCorpus } from './tagger-corpus.ts'
import { taggerLabelWeights } from './tagger-label-weights.ts'
import { packTagger, sparseScores, type TaggerScores, unpackTagger } from './tagger-scores.ts'

export interface SequenceTaggerOptions {
  /**
   * How dear it is to miss entities of a label, 1 being neutral: at its tokens the truth has to win by a factor of this
   * over every other label. `balanced`: the mean number of entities a label over the label's own, from 1 to 10.
   * Rare labels are found more often then, with more false finds, and scores are higher than the share that is right.
   */
  classWeights?: 'balanced' | Record<string, number>
  seed?: number
  /** Told up to 200 times how much is done, 0 to 1. What it throws stops the training. */
  observe?: (share: number) => void
}

export interface SequenceTagger {
  kind: 'sequence-tagger'
  labels: string[]
  /** What it was trained on, and which of the annotated entities it could not learn as they were. */
  entityCounts: EntityCounts
  /**
   * Entities in order of place, never overlapping, from token edge to token edge (`tagTokens`). `score` is the probability of
   * just this span with just this label.
   */
  predict(text: string): ScoredEntity[]
  toBytes(): Uint8Array
}

/**
 * Time grows with the number of tokens. The same examples, in the same order, and the same seed give the same bytes.
 * Entities that begin or end inside a token are learned as the whole token; of overlapping ones the longest is learned.
 * @throws CultivarError `bad-input` if no example has an entity, or `classWeights` names an unknown label or no positive number.
 */
export function trainSequenceTagger(examples: readonly Example[], options: SequenceTaggerOptions = {}): SequenceTagger {
  const labels = [...new Set(examples.flatMap(({ entities }) => entities.map(({ label }) => label)))].sort()
  const observe = options.observe ?? (() => undefined)
  const corpus = taggerCorpus(examples, labels)
  if (corpus.entityCounts.learned === 0) {
    const message = 'There is no entity in the training examples, so there is nothing to learn.'
    const hint = 'Give examples with entities: spans with `start`, `end` and `label` that hold at least one character.'
    throw new CultivarError('bad-input', message, hint, { examples: examples.length, ...corpus.entityCounts })
  }
  const labelWeights = taggerLabelWeights(examples, labels, options.classWeights)
  observe(0)
  const learner = new TaggerLearner(corpus, labelWeights)
  learner.learn({ random: randomStream(`sequence tagger ${options.seed ?? 0}`), observe })
  const { entityCounts, keys } = corpus
  return tagger({ labels, entityCounts, ...sparseScores(keys, learner.emissionScores, learner.arcScores) })
}

/** @throws CultivarError `bad-file` if the bytes are not those of a sequence tagger. */
export function readSequenceTagger(bytes: Uint8Array): SequenceTagger {
  return tagger(unpackTagger(bytes))
}

function tagger(scores: TaggerScores): SequenceTagger {
  const decoder = new TagDecoder(scores)
  return {
    kind: 'sequence-tagger',
    labels: scores.labels,
    entityCounts: scores.entityCounts,
    predict: text => decoder.entitiesOf(text),
    toBytes: () => packTagger(scores),
  }
}
