/** Finds the entities of a text by the scores a sequence tagger has learned. */
import type { ScoredEntity } from '../model/prediction.ts'
import { FeatureIndex } from './feature-index.ts'
import { LinearChain } from './linear-chain.ts'
import { spansOf, tagTopology } from './tag-states.ts'
import { tagTokens } from './tag-tokens.ts'
import { contextFeatures, contextKeys, type TokenFacts, tokenFacts } from './tagger-features.ts'
import { scoreValues, type TaggerScores } from './tagger-scores.ts'

/**
 * Probabilities are taken of the scores made so much smaller: as learned they are too sure of texts not learned from.
 * With it, of the entities of texts never met (biomedical abstracts) with a score around p, about p are right.
 */
const flattening = 0.8
/** Distinct tokens remembered; then all are forgotten, and worked out again when they come. */
const mostRemembered = 20_000

/** A distinct token with the scores its own features give it. */
interface KnownToken {
  facts: TokenFacts
  scores: Float64Array
}

export class TagDecoder {
  readonly #scores: TaggerScores
  readonly #values: Float32Array
  readonly #index = new FeatureIndex()
  readonly #chain: LinearChain
  readonly #flatArcs: Float64Array
  readonly #known = new Map<string, KnownToken>()

  constructor(scores: TaggerScores) {
    this.#scores = scores
    this.#values = scoreValues(scores)
    this.#chain = new LinearChain(tagTopology(scores.labels.length))
    this.#flatArcs = Float64Array.from(scores.arcs, score => score * flattening)
    for (const key of scores.keys) this.#index.add(key)
  }

  entitiesOf(text: string): ScoredEntity[] {
    const tokens = tagTokens(text)
    if (tokens.length === 0) return []
    const emissions = this.#emissions(tokens.map(({ start, end }) => this.#knownToken(text.slice(start, end))))
    const path = this.#chain.viterbi(emissions, tokens.length, this.#scores.arcs)
    const spans = spansOf(path)
    if (spans.length === 0) return []
    const flat = emissions.map(score => score * flattening)
    this.#chain.sumPaths(flat, tokens.length, this.#flatArcs)
    return spans.map(({ first, last, label }) => ({
      start: tokens[first]!.start,
      end: tokens[last]!.end,
      label: this.#scores.labels[label]!,
      score: this.#chain.stretchProbability(path, first, last),
    }))
  }

  #emissions(tokens: readonly KnownToken[]): Float64Array {
    const { states } = this.#chain.topology
    const emissions = new Float64Array(tokens.length * states)
    const keys = contextKeys(tokens.map(({ facts }) => facts))
    tokens.forEach(({ scores }, t) => {
      emissions.set(scores, t * states)
      for (let i = t * contextFeatures; i < (t + 1) * contextFeatures; i++) this.#add(keys[i]!, emissions, t * states)
    })
    return emissions
  }

  #knownToken(token: string): KnownToken {
    const known = this.#known.get(token)
    if (known) return known
    const facts = tokenFacts(token)
    const scores = new Float64Array(this.#chain.topology.states)
    for (const key of facts.own) this.#add(key, scores, 0)
    if (this.#known.size >= mostRemembered) this.#known.clear()
    const added = { facts, scores }
    this.#known.set(token, added)
    return added
  }

  #add(key: number, emissions: Float64Array, row: number): void {
    const feature = this.#index.numberOf(key)
    if (feature < 0) return
    const { ends, states } = this.#scores
    for (let i = feature === 0 ? 0 : ends[feature - 1]!; i < ends[feature]!; i++) {
      const place = row + states[i]!
      emissions[place] = emissions[place]! + this.#values[i]!
    }
  }
}
