/** The near-duplicate search of the critic `unique`, by itself: its speed and memory as a project fills, and what it finds and misses. */
import { unique } from '../src/critics/unique.ts'
import { type RandomStream, randomStream } from '../src/stats/random-stream.ts'
import { saying } from '../src/testing/saying.ts'
import { type Benchmark, costOf, type Figure, peakMemory } from './benchmark.ts'
import { project } from './grow-in-folder.ts'

export const nearDuplicates: Benchmark = quick => [
  {
    name: 'as a project fills',
    run: () => findNearDuplicates(quick ? 100_000 : 1_000_000, quick ? {} : { cpuS: 90, peakMb: 1000 }),
  },
  { name: 'sentences at known similarity', run: () => compareWithExact(quick ? 2_000 : 20_000, 1) },
  { name: 'pages at known similarity', run: () => compareWithExact(quick ? 200 : 2_000, 25) },
  { name: 'long documents at known similarity', run: () => compareWithExact(quick ? 100 : 1_000, 250) },
]

const batch = 10_000

/** One text in ten is an earlier one with a word more. The texts are made in between, outside what is timed. */
export async function findNearDuplicates(
  records: number,
  limits: { cpuS?: number; peakMb?: number } = {},
): Promise<Figure[]> {
  const critic = open()
  const random = randomStream('near duplicates')
  let texts: string[] = []
  let found = 0
  let cpuMs = 0
  for (let first = 0; first < records; first += batch) {
    const earlier = texts
    texts = Array.from({ length: Math.min(batch, records - first) }, (_, i) =>
      i % 10 === 9 && earlier.length > 0 ? `${random.pick(earlier)} Really.` : saying(random),
    )
    const cost = await costOf(() => {
      for (const [i, text] of texts.entries()) {
        const candidate = candidateOf(text)
        if (critic.judge(candidate, first + i).pass) critic.learn({ id: String(first + i), ...candidate }, first + i)
        else found++
      }
    })
    cpuMs += cost.cpuMs
  }
  return [
    { name: 'judged and learned', value: records / (cpuMs / 1000), unit: 'a CPU second' },
    { name: 'in all', value: cpuMs / 1000, unit: 'CPU s', ...(limits.cpuS ? { limit: { atMost: limits.cpuS } } : {}) },
    { name: 'rejected', value: found / records, unit: '' },
    peakMemory(limits.peakMb ? { atMost: limits.peakMb } : undefined),
  ]
}

/** Wide enough to show what is found below the threshold, narrow enough to show misses just above it. */
const similarities = { from: 0.7, to: 1 }

/**
 * Each text of so many sayings is asked about with as many letters changed as bring its similarity, by the sets of their
 * trigrams, to some value. Recall counts those at the threshold and above, precision all that was rejected.
 */
async function compareWithExact(texts: number, sayings: number): Promise<Figure[]> {
  const { threshold } = unique.params.parse({}) as { threshold: number }
  const random = randomStream('known similarity')
  const critic = open()
  const originals = Array.from({ length: texts }, () => folded(sayings, random))
  for (const [i, text] of originals.entries()) critic.learn({ id: String(i), fields: { text }, cell: 'all' }, i)
  const counts = { alike: 0, alikeFound: 0, found: 0, justAlike: 0, justAlikeFound: 0 }
  for (const original of originals) {
    const wanted = similarities.from + (random.int(1_000_000) / 1_000_000) * (similarities.to - similarities.from)
    const [text, similarity] = altered(original, wanted, random)
    const isFound = !critic.judge(candidateOf(text), texts).pass
    const isAlike = similarity >= threshold
    if (isAlike) counts.alike++
    if (isFound) counts.found++
    if (isAlike && isFound) counts.alikeFound++
    if (isAlike && similarity < threshold + 0.02) {
      counts.justAlike++
      if (isFound) counts.justAlikeFound++
    }
  }
  return [
    {
      name: `recall at ${threshold} and above`,
      value: counts.alikeFound / counts.alike,
      unit: '',
      limit: { atLeast: 0.95 },
    },
    {
      name: `recall from ${threshold} to ${threshold + 0.02}`,
      value: counts.justAlikeFound / counts.justAlike,
      unit: '',
    },
    { name: 'precision', value: counts.alikeFound / counts.found, unit: '', limit: { atLeast: 0.95 } },
    { name: 'texts at the threshold and above', value: counts.alike, unit: '' },
    { name: 'texts below it', value: texts - counts.alike, unit: '' },
  ]
}

/** As the critic folds it, so that nothing but letters makes a difference. */
function folded(sayings: number, random: RandomStream): string {
  return Array.from({ length: sayings }, () =>
    saying(random)
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, ' ')
      .trim(),
  ).join(' ')
}

/** The text with letters changed until its similarity is at most so much, and that similarity. */
function altered(original: string, similarity: number, random: RandomStream): [string, number] {
  const trigrams = trigramsOf(original)
  const letters = [...original]
  // A changed letter touches three trigrams, in a set of them and in the other.
  const step = Math.max(1, Math.floor(trigrams.size / 600))
  for (;;) {
    const text = letters.join('')
    const now = jaccard(trigrams, trigramsOf(text))
    if (now <= similarity) return [text, now]
    for (let i = 0; i < step; i++) letters[random.int(letters.length)] = random.pick([...'abcdefghijklmnopqrstuvwxyz'])
  }
}

function trigramsOf(text: string): Set<string> {
  const padded = ` ${text} `
  return new Set(Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3)))
}

function jaccard(a: Set<string>, b: Set<string>): number {
  const shared = a.intersection(b).size
  return shared / (a.size + b.size - shared)
}

function open() {
  if (unique.phase !== 'known') throw new Error('The critic “unique” compares with what is known.')
  return unique.open({ params: unique.params.parse({}), material: null, project, cells: ['all'] })
}

function candidateOf(text: string) {
  return { fields: { text }, labels: [], spans: [], cell: 'all', index: 0, verdicts: [] }
}
