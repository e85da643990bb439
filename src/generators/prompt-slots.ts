/** What the built-in prompts have in common: lists of texts as data, what to vary, the output limit. */
import type { RandomStream } from '../stats/random-stream.ts'
import { quotedData } from '../text/quoted-data.ts'

/** Longest quotation of a text within a prompt, in UTF-16 code units. */
const longestQuote = 1500
/** Common models refuse a higher limit. What it cuts off is lost, what came before is kept. */
const mostOutputTokens = 8192
/** Texts quoted of those that feedback brings. */
const mostFeedback = 8

/** A text as a JSON string: it stays on its line, and whatever it says is seen to be quoted. */
export function quoted(text: string): string {
  return quotedData(text.length > longestQuote ? `${text.slice(0, longestQuote)}…`.toWellFormed() : text)
}

/** A heading and lines within a tag, followed by an empty line; nothing if there are no lines. */
export function taggedList(heading: string, tag: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${heading}\n<${tag}>\n${lines.join('\n')}\n</${tag}>\n`
}

/** The slots every prompt has: what the project is for, what to keep away from, what to vary. */
export function sharedSlots(context: {
  project: { instructions: string }
  feedback: { kept: string[]; disliked: string[] }
  random: RandomStream
  differentFrom?: readonly string[]
  /** Leaves style out of what to vary. */
  sameStyle?: boolean
}) {
  const { project, feedback, random, differentFrom = [], sameStyle = false } = context
  const avoided = [...differentFrom, ...feedback.disliked.slice(0, mostFeedback)]
  const written = feedback.kept.slice(0, mostFeedback)
  const [first, second] = random
    .fork('aspects')
    .shuffle(sameStyle ? aspectsOfContent : [...aspectsOfContent, ...aspectsOfStyle])
  return {
    about: project.instructions.trim() && `What the dataset is for: ${project.instructions.trim()}\n`,
    avoid: taggedList('Different from these, which are not wanted:', 'unwanted', avoided.map(quoted)),
    written: taggedList('Written already; do not say the same again:', 'written', written.map(quoted)),
    vary: `${first}, and ${second}`,
  }
}

/** Two of them are drawn for each unit, so that units with the same task do not get the same prompt. */
const aspectsOfContent = [
  'the situation',
  'who is speaking and why',
  'the concrete details',
  'ordinary and unusual cases',
]
const aspectsOfStyle = ['wording and sentence structure', 'how directly it is said']

/** How many items of so many characters fit a reply, at least one. */
export function fittingItems(most: number, charactersEach: number, maxOutputTokens = mostOutputTokens): number {
  let items = most
  while (items > 1 && neededTokens(items, charactersEach) > maxOutputTokens) items--
  return items
}

/** An output limit with room to spare: two characters a token, and something over for JSON and for thought. */
export function outputLimit(asks: number, charactersEach: number): number {
  return Math.min(mostOutputTokens, neededTokens(asks, charactersEach))
}

function neededTokens(items: number, charactersEach: number): number {
  return 512 + Math.ceil(items * (charactersEach / 2 + 24))
}
