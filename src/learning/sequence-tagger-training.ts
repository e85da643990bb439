/** How the sequence tagger learns: online, one text after another, the likelihood of a linear-chain conditional random field. */
import type { RandomStream } from '../stats/random-stream.ts'
import { LearnedWeights } from './learned-weights.ts'
import { LinearChain } from './linear-chain.ts'
import { outside, stateLabel, tagTopology } from './tag-states.ts'
import type { TaggedText, TaggerCorpus } from './tagger-corpus.ts'

const passes = 10
const emissionRates = { step: 0.1, delay: 1, l1: 0.5, l2: 10 }
const arcRates = { step: 0.1, delay: 1, l1: 0, l2: 1 }
/** Differences from the truth below this are let be: most tokens soon have no others, and cost no time. */
const smallestGradient = 0.002
/** A distinct token met n times stands without what knows it as a whole at one place in 1 + n, and at no smaller share than this. */
const leastHidden = 0.05

/**
 * Stochastic gradient descent on the negative log-likelihood, with two additions. Tokens are at times stripped of the features
 * that know them as a whole, so that the rest learns to do for words never met ("word dropout"). And at a token whose
 * true label has the weight w, the states of every other label are scored ln w higher than they are while learning
 * (softmax-margin, Gimpel & Smith 2010), so that the truth has to win by that margin.
 */
export class TaggerLearner {
  readonly #chain: LinearChain
  readonly #corpus: TaggerCorpus
  readonly #states: number
  readonly #emissionWeights: LearnedWeights
  readonly #arcWeights: LearnedWeights
  readonly #margins: (Float64Array | undefined)[]
  /** Of the text at hand: scores on the way up, gradients on the way down; and which tokens are stripped. */
  readonly #emissions: Float64Array
  readonly #hidden: Uint8Array
  readonly #active: Uint16Array

  /** @param labelWeights by place in the label list; 1 is neutral */
  constructor(corpus: TaggerCorpus, labelWeights: readonly number[]) {
    this.#chain = new LinearChain(tagTopology(corpus.labels.length))
    this.#corpus = corpus
    const { states, from } = this.#chain.topology
    this.#states = states
    this.#emissionWeights = new LearnedWeights(corpus.keys.length * states, emissionRates)
    this.#arcWeights = new LearnedWeights(from.length, arcRates)
    this.#margins = marginsOf(labelWeights, states)
    const longest = corpus.texts.reduce((most, { length }) => Math.max(most, length), 0)
    this.#emissions = new Float64Array(longest * states)
    this.#hidden = new Uint8Array(longest)
    this.#active = new Uint16Array(states)
  }

  /** Scores of the features, at `number * states + state`. */
  get emissionScores(): Float32Array {
    return this.#emissionWeights.values
  }

  /** In the order of the arcs of the topology. */
  get arcScores(): Float32Array {
    return this.#arcWeights.values
  }

  /**
   * Learns from all texts, in several passes.
   * @param observe told at most 200 times which share is done; may throw, to stop
   */
  learn({ random, observe }: { random: RandomStream; observe: (share: number) => void }): void {
    const { texts, words } = this.#corpus
    const all = passes * words.length
    let done = 0
    let told = 0
    for (let pass = 0; pass < passes; pass++) {
      const hiding = random.fork(`hide ${pass}`)
      for (const text of random.fork(`order ${pass}`).shuffle(texts)) {
        this.#learnText(text, hiding)
        done += text.length
        if (done < all && done - told < all / 200) continue
        told = done
        observe(done / all)
      }
    }
  }

  #learnText(text: TaggedText, hiding: RandomStream): void {
    const { words, wordCounts, gold } = this.#corpus
    const states = this.#states
    for (let t = 0; t < text.length; t++) {
      const share = Math.max(leastHidden, 1 / (1 + wordCounts[words[text.first + t]!]!))
      this.#hidden[t] = Number(hiding.float() < share)
    }
    this.#score(text)
    for (let t = 0; t < text.length; t++) {
      const margin = this.#margins[gold[text.first + t]!]
      if (!margin) continue
      const row = t * states
      for (let s = 0; s < states; s++) this.#emissions[row + s] = this.#emissions[row + s]! + margin[s]!
    }
    this.#chain.sumPaths(this.#emissions, text.length, this.#arcWeights.values, true)
    this.#descend(text)
  }

  #score({ first, length }: TaggedText): void {
    const { own, context, words } = this.#corpus
    this.#emissions.fill(0, 0, length * this.#states)
    for (let t = 0; t < length; t++) {
      const token = first + t
      const word = words[token]!
      const row = t * this.#states
      const hidden = this.#hidden[t]
      this.#add(own.features, (hidden ? own.knowns : own.starts)[word]!, own.starts[word + 1]!, row)
      this.#add(context.features, (hidden ? context.knowns : context.starts)[token]!, context.starts[token + 1]!, row)
    }
  }

  #add(features: Uint32Array, start: number, end: number, row: number): void {
    const { values } = this.#emissionWeights
    const states = this.#states
    const emissions = this.#emissions
    for (let i = start; i < end; i++) {
      const weights = features[i]! * states
      for (let s = 0; s < states; s++) emissions[row + s] = emissions[row + s]! + values[weights + s]!
    }
  }

  /** One step against the gradient: how likely each state and arc was, less how often it is true. */
  #descend({ first, length }: TaggedText): void {
    const { own, context, words, gold } = this.#corpus
    const states = this.#states
    for (let t = 0; t < length; t++) {
      const token = first + t
      const word = words[token]!
      const row = t * states
      let actives = 0
      for (let s = 0; s < states; s++) {
        const gradient = this.#chain.marginal(t, s) - Number(s === gold[token])
        this.#emissions[row + s] = gradient
        if (Math.abs(gradient) > smallestGradient) this.#active[actives++] = s
      }
      if (actives === 0) continue
      const hidden = this.#hidden[t]
      this.#move(own.features, (hidden ? own.knowns : own.starts)[word]!, own.starts[word + 1]!, row, actives)
      const start = (hidden ? context.knowns : context.starts)[token]!
      this.#move(context.features, start, context.starts[token + 1]!, row, actives)
    }
    const { arcCounts, arcOf } = this.#chain
    for (let t = first + 1; t < first + length; t++) {
      const arc = arcOf[gold[t - 1]! * states + gold[t]!]!
      arcCounts[arc] = arcCounts[arc]! - 1
    }
    for (let a = 0; a < arcCounts.length; a++) if (arcCounts[a] !== 0) this.#arcWeights.descend(a, arcCounts[a]!)
  }

  #move(features: Uint32Array, start: number, end: number, row: number, actives: number): void {
    const active = this.#active
    for (let i = start; i < end; i++) {
      const weights = features[i]! * this.#states
      for (let a = 0; a < actives; a++) {
        this.#emissionWeights.descend(weights + active[a]!, this.#emissions[row + active[a]!]!)
      }
    }
  }
}

/** Per true state, what the states of other labels get on top; undefined where it is nothing. */
function marginsOf(labelWeights: readonly number[], states: number): (Float64Array | undefined)[] {
  return Array.from({ length: states }, (_, truth) => {
    if (truth === outside) return undefined
    const label = stateLabel(truth)
    const margin = Math.log(labelWeights[label]!)
    if (margin === 0) return undefined
    return Float64Array.from({ length: states }, (_, s) => (stateLabel(s) === label ? 0 : margin))
  })
}
