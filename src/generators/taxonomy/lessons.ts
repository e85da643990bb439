/** Which seed examples and which passage a pipeline starts from: in turn, so that all of them are used alike. */
import type { RandomStream } from '../../stats/random-stream.ts'
import type { TaxonomyLeaf } from '../../taxonomy/leaf.ts'

/** Examples that one prompt shows. */
const mostShown = 3

/** What one prompt shows of the seeds: for knowledge, a context (else `''`) and some of its pairs. */
interface Lesson {
  context: string
  /** With `context` where each has its own. */
  examples: Record<string, string>[]
}

export interface Turn {
  lesson: Lesson
  /** Place of its passage; 0 where there is none. */
  passage: number
}

/**
 * The leaf's n-th turn. As many turns in a row as there are lessons show each of them; as many as there are passages take each of them
 * once; and as many as there are pairs of the two take each pair once.
 *
 * @param stream the leaf's own: the same for all of its turns.
 */
export function turnOf(leaf: TaxonomyLeaf, passages: number, ordinal: number, stream: RandomStream): Turn {
  if (leaf.kind !== 'knowledge') {
    const inAPass = Math.ceil(leaf.seeds.length / mostShown)
    const pass = Math.floor(ordinal / inAPass)
    // Other examples come together in each pass: two prompts of a leaf are hardly ever the same.
    return { lesson: skillLessons(leaf, stream.fork(pass))[ordinal % inAPass]!, passage: 0 }
  }
  const lessons = knowledgeLessons(leaf, stream)
  const order = stream.fork('passages').shuffle(Array.from({ length: passages }, (_, at) => at))
  // Both advance by one each time; where that would come back to the first pair too early, the lessons move on by one more.
  const divisor = greatestDivisor(passages, lessons.length)
  const moved = Math.floor(ordinal / ((passages * lessons.length) / divisor)) % divisor
  return { lesson: lessons[(ordinal + moved) % lessons.length]!, passage: order[ordinal % passages]! }
}

function skillLessons({ seeds }: TaxonomyLeaf, stream: RandomStream): Lesson[] {
  const examples = seeds.flatMap(({ context, pairs }) =>
    pairs.map(({ question, answer }) => trimmed({ ...(context && { context }), question, answer })),
  )
  return windows(stream.shuffle(examples)).map(examples => ({ context: '', examples }))
}

function knowledgeLessons({ seeds }: TaxonomyLeaf, stream: RandomStream): Lesson[] {
  const lessons = seeds.flatMap(({ context, pairs }, at) =>
    windows(stream.fork(`pairs ${at}`).shuffle(pairs)).map(examples => ({
      context: context.trim(),
      examples: examples.map(({ question, answer }) => trimmed({ question, answer })),
    })),
  )
  return stream.fork('lessons').shuffle(lessons)
}

/** YAML's block texts end in a line break. */
function trimmed(parts: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, text.trim()]))
}

/** All items in windows of the same size, the last one filled up from the first items. */
function windows<T>(items: readonly T[]): T[][] {
  const size = Math.min(mostShown, items.length)
  return Array.from({ length: Math.ceil(items.length / mostShown) }, (_, at) =>
    Array.from({ length: size }, (_, place) => items[(at * mostShown + place) % items.length]!),
  )
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b)
}
