/** A linear chain of states: its best path and its marginals, in time linear in its length. */

/** Which states there are and which may follow which: an arc for each allowed pair, all others forbidden. */
export interface ChainTopology {
  states: number
  from: Uint16Array
  to: Uint16Array
  /** Per state, 1 if a path may begin, or end, with it. */
  begins: Uint8Array
  ends: Uint8Array
}

/**
 * Emissions further below the best of their token count as this far below (natural-log units). With it the scaled sums
 * cannot underflow wherever each state leads on to some state, and nothing a probability of any use would show is lost.
 */
const deepest = 300

/**
 * Works on one chain at a time: what `viterbi` and `sumPaths` leave in the fields holds until the next call.
 * Emissions are scores (natural-log units) at `token * states + state`; arc scores are in the order of the arcs.
 */
export class LinearChain {
  readonly topology: ChainTopology
  /** Scaled sums over the paths up to a token, and from it on; their product is the marginal of the state. */
  forward = new Float64Array(0)
  backward = new Float64Array(0)
  /** Per arc, how often the path is expected to take it; only if `sumPaths` was asked for it. */
  readonly arcCounts: Float64Array
  /** The arc between two states, at `from * states + to`; −1 where there is none. */
  readonly arcOf: Int32Array
  readonly #arcFactors: Float64Array
  #factors = new Float64Array(0)
  #scale = new Float64Array(0)
  #back = new Uint16Array(0)

  constructor(topology: ChainTopology) {
    this.topology = topology
    this.arcCounts = new Float64Array(topology.from.length)
    this.#arcFactors = new Float64Array(topology.from.length)
    this.arcOf = new Int32Array(topology.states * topology.states).fill(-1)
    topology.from.forEach((from, arc) => {
      this.arcOf[from * topology.states + topology.to[arc]!] = arc
    })
  }

  /** The states of the path with the highest sum of scores. */
  viterbi(emissions: Float64Array, length: number, arcScores: ArrayLike<number>): Uint16Array {
    const { states, from, to, begins, ends } = this.topology
    const path = new Uint16Array(length)
    if (length === 0) return path
    if (this.#back.length < length * states) this.#back = new Uint16Array(length * states * 2)
    const back = this.#back
    let before = new Float64Array(states)
    let now = new Float64Array(states)
    for (let s = 0; s < states; s++) before[s] = begins[s] ? emissions[s]! : -Infinity
    for (let t = 1; t < length; t++) {
      const row = t * states
      now.fill(-Infinity)
      for (let a = 0; a < from.length; a++) {
        const score = before[from[a]!]! + arcScores[a]!
        const s = to[a]!
        if (score > now[s]!) {
          now[s] = score
          back[row + s] = from[a]!
        }
      }
      for (let s = 0; s < states; s++) now[s] = now[s]! + emissions[row + s]!
      ;[before, now] = [now, before]
    }
    let best = -1
    for (let s = 0; s < states; s++) if (ends[s] && (best < 0 || before[s]! > before[best]!)) best = s
    for (let t = length - 1; t >= 0; t--) {
      path[t] = best
      best = back[t * states + best]!
    }
    return path
  }

  /** Sums over all paths (forward and backward, scaled to 1 per token): the log of the sum of exp(score). */
  sumPaths(emissions: Float64Array, length: number, arcScores: ArrayLike<number>, withArcCounts = false): number {
    const { states, from, to, begins, ends } = this.topology
    const arcs = from.length
    const size = length * states
    if (this.forward.length < size) {
      this.forward = new Float64Array(size * 2)
      this.backward = new Float64Array(size * 2)
      this.#factors = new Float64Array(size * 2)
      this.#scale = new Float64Array(length * 2)
    }
    const { forward, backward, arcCounts } = this
    const factors = this.#factors
    const scale = this.#scale
    const arcFactors = this.#arcFactors
    for (let a = 0; a < arcs; a++) arcFactors[a] = Math.exp(arcScores[a]!)
    arcCounts.fill(0)
    let logSum = 0
    for (let t = 0; t < length; t++) {
      const row = t * states
      logSum += exponentials(emissions, factors, row, states)
      for (let s = 0; s < states; s++) forward[row + s] = t === 0 && begins[s] ? 1 : 0
      if (t > 0) {
        const last = row - states
        for (let a = 0; a < arcs; a++) {
          const s = row + to[a]!
          forward[s] = forward[s]! + forward[last + from[a]!]! * arcFactors[a]!
        }
      }
      let sum = 0
      for (let s = 0; s < states; s++) {
        if (t === length - 1 && !ends[s]) forward[row + s] = 0
        const value = forward[row + s]! * factors[row + s]!
        forward[row + s] = value
        sum += value
      }
      scale[t] = sum
      logSum += Math.log(sum)
      for (let s = 0; s < states; s++) forward[row + s] = forward[row + s]! / sum
    }
    for (let t = length - 1; t >= 0; t--) {
      const row = t * states
      if (t === length - 1) {
        for (let s = 0; s < states; s++) backward[row + s] = ends[s]!
        continue
      }
      const next = row + states
      for (let s = 0; s < states; s++) {
        backward[row + s] = 0
        // From here on the factors of the next token stand for all of its future.
        factors[next + s] = (factors[next + s]! * backward[next + s]!) / scale[t + 1]!
      }
      for (let a = 0; a < arcs; a++) {
        const onward = arcFactors[a]! * factors[next + to[a]!]!
        const s = row + from[a]!
        backward[s] = backward[s]! + onward
        if (withArcCounts) arcCounts[a] = arcCounts[a]! + forward[s]! * onward
      }
    }
    return logSum
  }

  /** After `sumPaths`: the probability that a token is in a state. */
  marginal(token: number, state: number): number {
    const place = token * this.topology.states + state
    return this.forward[place]! * this.backward[place]!
  }

  /** After `sumPaths`: the probability that the tokens `first` to `last` are in these states of `path`. */
  stretchProbability(path: ArrayLike<number>, first: number, last: number): number {
    const { states } = this.topology
    let probability = this.marginal(first, path[first]!)
    for (let t = first; t < last; t++) {
      const onward =
        this.#arcFactors[this.arcOf[path[t]! * states + path[t + 1]!]!]! *
        this.#factors[(t + 1) * states + path[t + 1]!]!
      const all = this.backward[t * states + path[t]!]!
      probability = all === 0 ? 0 : (probability * onward) / all
    }
    return Math.min(1, probability)
  }
}

/** exp(score − best) for one token's states; returns the best. */
function exponentials(scores: Float64Array, factors: Float64Array, row: number, states: number): number {
  let best = -Infinity
  for (let s = row; s < row + states; s++) if (scores[s]! > best) best = scores[s]!
  for (let s = row; s < row + states; s++) factors[s] = Math.exp(Math.max(scores[s]! - best, -deepest))
  return best
}
