/** Marks that teachers put before values, such as `Q:` and `A:`, and records that run together in one value. */
import type { Field } from './records-fields.ts'

/** Layouts that requests like to name, whatever the fields are called. */
const customary = ['Q', 'A', 'Question', 'Answer']
const colon = '\\s?[:：]'
/** Where a mark may stand: at the beginning, on a new line, behind the end of a sentence, or glued to a word. */
const before = `(?:^|\\n|[.!?…)”"']\\s*|(?<=\\p{Ll}))`

/**
 * The values of one field without the mark before them, where all have one: the field's name or first letter, or a customary one.
 * A single value says less: there a letter may belong to it.
 */
export function withoutFieldMarks(texts: string[], { name }: Field): string[] {
  const names = [...writtenNames(name), ...customary, ...(texts.length > 1 ? [[...name][0]!] : [])]
  const mark = new RegExp(`^(?:${anyOf(names)})${colon}\\s*(?=\\S)`, 'iu')
  return texts.every(text => mark.test(text)) ? texts.map(text => text.replace(mark, '')) : texts
}

/**
 * The mark that gives away a second record within a value, or what belongs to another field: `Q:` or `A:`, the field's own name in front,
 * another field's name with one of its values, or the names of both.
 */
export function foreignMark(text: string, { name }: Field, fields: readonly Field[]): string | undefined {
  const others = fields.filter(other => other.name !== name)
  const own = anyOf(writtenNames(name))
  const valued = others.flatMap(({ name: other, type, values }) =>
    type === 'category' ? [`(?:${anyOf(writtenNames(other))})${colon}\\s*(?:${anyOf(values!)})(?![\\p{L}\\p{N}])`] : [],
  )
  const find = (pattern: string) => new RegExp(pattern, 'u').exec(text)?.[1]
  const certain = find(`${before}([QA]${colon}(?=\\s)${valued.map(pattern => `|${pattern}`).join('')})`)
  const second = find(`${before}((?:${own})${colon})(?=\\s)`)
  const foreign =
    others.length > 0 &&
    find(`${before}((?:${anyOf(others.flatMap(other => writtenNames(other.name)))})${colon})(?=\\s)`)
  return certain ?? find(`^((?:${own})${colon})`) ?? (foreign ? second : undefined)
}

/** As it stands, as words, and each with a capital. */
function writtenNames(name: string): string[] {
  const words = name.replace(/[_.-]+/g, ' ')
  return [...new Set([name, words].flatMap(each => [each, each.charAt(0).toUpperCase() + each.slice(1)]))]
}

function anyOf(words: string[]): string {
  return words.map(word => RegExp.escape(word)).join('|')
}
