/** A scripted teacher (and judge): reads what form a reply must have, and fills it with things to say, well or badly. */
import { hash } from 'node:crypto'
import { type RandomStream, randomStream } from '../stats/random-stream.ts'
import { asksForVerdict, fillSchema, stretchOf } from './fill-schema.ts'
import { countAsked, markShown, question, schemaIn, valuesShown } from './read-request.ts'
import { saying } from './saying.ts'
import { flaws, type Script, type ScriptedRequest } from './script.ts'

/** Shares are of replies (of texts, for `repeatShare`), from 0 to 1; all are 0 by default. */
export interface TeacherOptions {
  seed?: number
  /** How many different things it has to say in all; by default it hardly ever runs out. */
  vocabulary?: number
  /** Texts that are one of ten stock phrases, so that nearly all of them have been said before. */
  repeatShare?: number
  refuseShare?: number
  /** Lists with more or fewer items than were asked for. */
  wrongCountShare?: number
  malformedShare?: number
  truncatedShare?: number
  /**
   * How it judges: requests whose reply has a `score` or the like (`rating`, `grade`, `keep`, `pass`, `valid`, …) get its worst value
   * for `rejectShare` of the questions, its best for the rest. The same question always gets the same verdict, and no other share applies.
   */
  judge?: { rejectShare: number }
}

/** Phrases that `repeatShare` draws from. */
const stockPhrases = 10
/** Items of a list if the request names no number. */
const usualCount = 10

/**
 * Answers any request with JSON that satisfies its schema (from the request, or written in its messages), or with plain lines if there is none.
 * Lists get as many items as the question asks for. A function of the messages and of how often the very same request came before.
 */
export function teacher(options: TeacherOptions = {}): Script {
  const { seed = 0, judge = { rejectShare: 0 } } = options
  return request => {
    const { messages, embed, repeat } = request
    if (embed) return { kind: 'reply', value: null }
    const random = randomStream(`teacher/${seed}/${digest(request)}/${repeat}`)
    const schema = request.schema ?? schemaIn(messages)
    const judging = schema !== undefined && asksForVerdict(schema)
    const fate = judging ? undefined : drawnFate(options, random)
    if (fate === 'refuse') return { kind: 'refusal' }
    const asked = countAsked(messages)
    const count = fate === 'miscount' ? wrongCount(asked ?? usualCount, random) : (asked ?? usualCount)
    const say = speaker(options, markShown(messages), random)
    if (!schema)
      return { kind: 'reply', value: Array.from({ length: asked === undefined ? 1 : count }, () => say()).join('\n') }
    const good = judging
      ? randomStream(`verdict/${seed}/${question(messages)}`).float() >= judge.rejectShare
      : undefined
    const value = fillSchema(schema, { random, say, count, good, shown: valuesShown(messages) })
    if (fate === 'malform') return { kind: 'malformed', value, flaw: random.pick(flaws) }
    if (fate === 'truncate') return { kind: 'truncated', value, keep: 0.2 + 0.7 * random.float() }
    return { kind: 'reply', value }
  }
}

function digest({ messages, temperature }: ScriptedRequest): string {
  return hash('sha1', JSON.stringify([messages, temperature ?? null]), 'base64')
}

function drawnFate(options: TeacherOptions, random: RandomStream) {
  const { refuseShare = 0, wrongCountShare = 0, malformedShare = 0, truncatedShare = 0 } = options
  const fates = { refuse: refuseShare, miscount: wrongCountShare, malform: malformedShare, truncate: truncatedShare }
  let roll = random.float()
  for (const fate of ['refuse', 'miscount', 'malform', 'truncate'] as const) {
    roll -= fates[fate]
    if (roll < 0) return fate
  }
  return undefined
}

function wrongCount(count: number, random: RandomStream): number {
  return random.pick([0, 1, Math.floor(count / 2), count - 1, count + 1, 2 * count].filter(n => n >= 0 && n !== count))
}

/** What it says next, with an entity marked if the request shows how. */
function speaker(
  { seed = 0, vocabulary, repeatShare = 0 }: TeacherOptions,
  mark: string | undefined,
  random: RandomStream,
) {
  const known = (index: number) => saying(randomStream(`saying/${seed}/${index}`))
  const next = () => {
    if (random.float() < repeatShare) return known(random.int(Math.min(stockPhrases, vocabulary ?? stockPhrases)))
    return vocabulary === undefined ? saying(random) : known(random.int(vocabulary))
  }
  return (least = 0, most = Number.POSITIVE_INFINITY): string => {
    let text = next()
    while (text.length < least) text = `${text} ${next()}`
    if (text.length > most) text = text.slice(0, most)
    if (mark === undefined) return text
    const { text: words, start, end } = stretchOf(text, randomStream(text))
    return `${text.slice(0, start)}[[${mark}: ${words}]]${text.slice(end)}`
  }
}
