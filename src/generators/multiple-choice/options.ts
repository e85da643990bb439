/** The options of a multiple-choice question: read, checked and put in order. */
import { foldText } from '../../text/normalize.ts'

export const letters = ['A', 'B', 'C', 'D'] as const
export type Letter = (typeof letters)[number]

export interface Options {
  right: string
  /** The other three, as they came. */
  wrong: string[]
}

/** A right option so much longer than the longest wrong one gives itself away. */
const longestRight = { times: 1.5, characters: 12 }
const mark = /^\s*\(?([A-Da-d])\s*[).:\]-]\s*(?=\S)/
const byLetter = /\b(?:[Oo]ption|[Aa]nswer|[Cc]hoice|[Aa]lternative)s?\s+\(?[A-D]\b/

/** The options without the letters before them, or what is wrong with them. */
export function readOptions(fields: Record<string, string>): Options | { fault: string } {
  const texts = letters.map(letter => fields[`option_${letter.toLowerCase()}`]?.trim() ?? '')
  const isMarked = texts.every((text, place) => mark.exec(text)?.[1]?.toUpperCase() === letters[place])
  const options = isMarked ? texts.map(text => text.replace(mark, '')) : texts
  const place = letters.indexOf(letterIn(fields['answer']) ?? ('' as Letter))
  if (place < 0) return { fault: `the answer is “${fields['answer'] ?? ''}”, not one of ${letters.join(', ')}` }
  if (options.includes('')) return { fault: 'an option is empty' }
  if (new Set(options.map(foldText)).size < options.length) return { fault: 'two options say the same' }
  const right = options[place]!
  const wrong = options.filter((_, at) => at !== place)
  const longest = Math.max(...wrong.map(({ length }) => length))
  if (right.length > longest * longestRight.times && right.length > longest + longestRight.characters)
    return { fault: 'the right option is by far the longest, which gives it away' }
  if (byLetter.test(fields['explanation'] ?? ''))
    return { fault: 'the explanation speaks of letters, and options change places' }
  return { right, wrong }
}

/** The letter that a reply names; undefined if it names none. */
export function letterIn(text: string | undefined): Letter | undefined {
  const [, letter] = /^\W*([A-Da-d])(?![\p{L}\p{N}])/u.exec(text ?? '') ?? []
  return letter?.toUpperCase() as Letter | undefined
}

/** The options in order, the right one at the letter. */
export function arranged({ right }: Options, wrong: readonly string[], letter: Letter): string[] {
  return wrong.toSpliced(letters.indexOf(letter), 0, right)
}

export function optionLines(options: readonly string[]): string {
  return options.map((option, place) => `${letters[place]}. ${option}`).join('\n')
}
