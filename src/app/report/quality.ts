/** Measures of grown texts beside the real ones they stand next to: lengths, diversity, near-copies. */
import { type Content, textOf } from '../../model/record.ts'
import { classBounds, countByClass } from '../../stats/histogram.ts'
import { quantile } from '../../stats/quantile.ts'
import { randomStream } from '../../stats/random-stream.ts'
import { distinctN } from '../../text/distinct-n.ts'
import { nearCopiesOf, nearCopiesWithin } from '../../text/near-copies.ts'
import { highestSimilarities } from '../../text/self-similarity.ts'
import { wordsOf } from '../../text/words.ts'

/** What is looked at of each set: enough for steady figures, in seconds and in memory that does not grow with the dataset. */
export const sampleLimits = {
  grown: 5000,
  /** More of these, since a copy of one that is not looked at is not found. */
  real: 20_000,
  /** Of a text; lengths are of the whole text. */
  characters: 2000,
  /** Counted for distinct-n. */
  words: 200_000,
  /** Compared each with each. */
  compared: 1000,
}
const mostClasses = 30
export const nearThreshold = 0.85
const mostExamples = 3
/** Real texts of the grown labels that can stand for what such texts are like. */
const enough = 20

export interface SampledText {
  /** Its beginning. */
  text: string
  words: number
  characters: number
  /** The first one; null without. */
  label: string | null
}

export interface Quality {
  /** Texts looked at. Lengths and diversity are compared with the real ones of the labels that were grown, if there are enough of these. */
  texts: { grown: number; real: number; yardstick: number }
  lengths: { words: Lengths; characters: Lengths }
  diversity: {
    grown: Diversity
    /** Equally many of both, since all these measures depend on how much is looked at. Absent without real texts. */
    compared?: { grown: Diversity; real: Diversity }
  }
  nearCopies: {
    threshold: number
    /** Grown texts that resemble an earlier grown one. */
    within: NearCopies
    /** Grown texts that resemble a real one. Absent without real texts. */
    ofReal?: NearCopies
  }
}

export interface Lengths {
  grown: Spread
  real?: Spread
  /** Lower bounds of the classes, the last one open, and how many texts of each set are in them. */
  bounds: number[]
  counts: { grown: number[]; real: number[] }
}

export interface Spread {
  least: number
  /** Quantiles. */
  p05: number
  median: number
  p95: number
  greatest: number
}

export interface Diversity {
  texts: number
  words: number
  /** Share of different word 1-, 2- and 3-grams; null where no text is so long. */
  distinct: (number | null)[]
  /** Of each text’s highest similarity to another of the set: mean and 95 % quantile. */
  similarity: { texts: number; mean: number; p95: number }
}

export interface NearCopies {
  count: number
  /** Pairs, the most similar first. */
  examples: { text: string; of: string; similarity: number }[]
}

export function sampledText(record: Pick<Content, 'fields' | 'labels'>): SampledText {
  const text = textOf(record)
  return {
    text: text.slice(0, sampleLimits.characters).toWellFormed(),
    words: wordsOf(text).length,
    characters: [...text].length,
    label: record.labels[0] ?? null,
  }
}

/** Undefined without grown texts. The same samples give the same figures. */
export function measureQuality(grown: SampledText[], real: SampledText[]): Quality | undefined {
  if (grown.length === 0) return undefined
  const yardstick = ofLabels(real, new Set(grown.map(({ label }) => label)))
  const shuffledGrown = shuffled(grown)
  const alike = Math.min(grown.length, yardstick.length)
  const compared = { grown: shuffledGrown.slice(0, alike), real: shuffled(yardstick).slice(0, alike) }
  const words = Math.min(wordCount(compared.grown), wordCount(compared.real), sampleLimits.words)
  return {
    texts: { grown: grown.length, real: real.length, yardstick: yardstick.length },
    lengths: {
      words: lengthsOf(grown, yardstick, ({ words }) => words),
      characters: lengthsOf(grown, yardstick, ({ characters }) => characters),
    },
    diversity: {
      grown: diversityOf(shuffledGrown, sampleLimits.words),
      ...(alike > 0 && {
        compared: { grown: diversityOf(compared.grown, words), real: diversityOf(compared.real, words) },
      }),
    },
    nearCopies: {
      threshold: nearThreshold,
      within: copiesAmong(grown),
      ...(real.length > 0 && { ofReal: copiesOf(grown, real) }),
    },
  }
}

/** Grown texts that resemble one of the others, which may be held out for evaluation. */
export function copiesOf(grown: SampledText[], others: SampledText[]): NearCopies {
  const [texts, originals] = [grown.map(({ text }) => text), others.map(({ text }) => text)]
  return nearCopies(nearCopiesOf(texts, originals, nearThreshold), texts, originals)
}

function copiesAmong(grown: SampledText[]): NearCopies {
  const texts = grown.map(({ text }) => text)
  return nearCopies(nearCopiesWithin(texts, nearThreshold), texts, texts)
}

function nearCopies(found: ReturnType<typeof nearCopiesOf>, texts: string[], originals: string[]): NearCopies {
  const examples = found
    .toSorted((a, b) => b.similarity - a.similarity || a.text - b.text)
    .slice(0, mostExamples)
    .map(({ text, of, similarity }) => ({ text: texts[text]!, of: originals[of]!, similarity }))
  return { count: found.length, examples }
}

function lengthsOf(grown: SampledText[], real: SampledText[], length: (text: SampledText) => number): Lengths {
  const [ofGrown, ofReal] = [ascending(grown.map(length)), ascending(real.map(length))]
  const both = ascending([...ofGrown, ...ofReal])
  // A few very long texts would squeeze all others into one class: they share the last, open one.
  const bounds = classBounds(both[0]!, Math.ceil(quantile(both, 0.99)), mostClasses)
  return {
    grown: spreadOf(ofGrown),
    ...(ofReal.length > 0 && { real: spreadOf(ofReal) }),
    bounds,
    counts: { grown: countByClass(bounds, ofGrown), real: countByClass(bounds, ofReal) },
  }
}

function spreadOf(lengths: Float64Array): Spread {
  const at = (share: number) => quantile(lengths, share)
  return { least: at(0), p05: at(0.05), median: at(0.5), p95: at(0.95), greatest: at(1) }
}

function diversityOf(texts: SampledText[], mostWords: number): Diversity {
  const words = texts.map(({ text }) => wordsOf(text))
  const compared = texts.slice(0, sampleLimits.compared).map(({ text }) => text)
  const highest = highestSimilarities(compared).sort()
  return {
    texts: texts.length,
    words: Math.min(
      mostWords,
      words.reduce((sum, { length }) => sum + length, 0),
    ),
    distinct: [1, 2, 3].map(n => distinctN(words, n, mostWords) ?? null),
    similarity: {
      texts: compared.length,
      mean: highest.reduce((sum, score) => sum + score, 0) / highest.length,
      p95: quantile(highest, 0.95),
    },
  }
}

/** All of them where few have such a label: figures of a handful of texts say nothing. */
function ofLabels(texts: SampledText[], labels: Set<string | null>): SampledText[] {
  const found = texts.filter(({ label }) => labels.has(label))
  return found.length >= enough ? found : texts
}

/** So that what is cut off at a limit is a sample too, and neighbours from one reply do not stand together. */
function shuffled(texts: SampledText[]): SampledText[] {
  const ordered = texts.toSorted((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
  return randomStream('quality').shuffle(ordered)
}

function wordCount(texts: SampledText[]): number {
  return texts.reduce((sum, { text }) => sum + wordsOf(text).length, 0)
}

function ascending(values: Iterable<number>): Float64Array {
  return Float64Array.from(values).sort()
}
