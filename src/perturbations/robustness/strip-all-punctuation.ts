/** `strip_all_punctuation`: no marks but those within numbers, dates and addresses. */
import { z } from 'zod'
import { applyEdits, type Edit } from '../../text/edits.ts'
import { drawn } from '../drawn-matches.ts'
import { editStretches } from '../edit-stretches.ts'
import { markAt } from '../mark-at.ts'
import { definePerturbation } from '../perturbation.ts'
import { markList, sentenceMarks } from '../sentence-marks.ts'

const digit = /\p{Nd}/u
const spare = /[^\S\r\n]/
const wordCharacter = /[\p{L}\p{M}\p{N}]/u
/** Web and mail addresses: their marks are not punctuation. */
const address = /\S*(?:@|:\/\/|www\.)\S*[\p{L}\p{N}/]/gu
/** A slash in these stands for no “and”. */
const slashed = /(?<![\p{L}\p{N}])(?:n\/a|w\/o|c\/o|s\/p|h\/o|24\/7)(?![\p{L}\p{N}])/giu
/** Typographic forms of marks that the list has in their plain form. */
const plain: Record<string, string> = { '’': "'", '‘': "'", '“': '"', '”': '"', '…': '.' }

export const stripAllPunctuation = definePerturbation({
  kind: 'strip_all_punctuation',
  category: 'robustness',
  summary: 'Takes away all punctuation marks but those within numbers, dates, ranges and addresses',
  example: { before: 'Well, tea/coffee: 2.50, e.g. at 10-12!', after: 'Well tea and coffee 2.50 eg at 10-12' },
  params: z.strictObject({
    whitelist: markList.default([...sentenceMarks, '/', "'", '"']).describe('The marks that are taken away'),
  }),
  prob: 'texts',
  open({ prob, params: { whitelist } }) {
    const marks = whitelist.flatMap(mark => [mark, ...Object.keys(plain).filter(form => plain[form] === mark)])
    const run = new RegExp(`(?:${marks.map(mark => RegExp.escape(mark)).join('|')})+`, 'gu')
    return (text, entities, random) => {
      const found = [...text.matchAll(run)]
      if (found.length === 0 || !drawn(prob, random)) return []
      const kept = [...text.matchAll(address), ...text.matchAll(slashed)]
      const edits: Edit[] = []
      for (const { index: start, 0: marks } of found) {
        const end = start + marks.length
        if (markAt(text, end) || kept.some(({ index, 0: { length } }) => index < end && start < index + length))
          continue
        const edit = withoutMarks(text, start, end)
        if (!edit || edit.start < (edits.at(-1)?.end ?? 0)) continue
        // Of “U.S.!” one mark is the entity's.
        edits.push(...editStretches(text, [edit], entities, () => ''))
        edits.at(-1)!.text = edit.text
      }
      return applyEdits(text, edits).trim() === '' ? [] : edits
    }
  },
})

/** The edit that takes marks out; none where they belong to a number. */
function withoutMarks(text: string, start: number, end: number): Edit | undefined {
  const marks = text.slice(start, end)
  const before = text[start - 1] ?? ' '
  const after = text[end] ?? ' '
  if (isOfNumber(marks, before, after) || isOfSpacedNumber(text, start, end)) return undefined
  if (wordCharacter.test(before) && wordCharacter.test(after)) {
    // Two words stay two; an apostrophe, and the points of an abbreviation, stand within one.
    const within = /^['’‘]$/.test(marks) || (marks === '.' && !wordCharacter.test(text[start - 2] ?? ' '))
    if (within) return { start, end, text: '' }
    return { start, end, text: marks === '/' && !/\band$/i.test(text.slice(0, start)) ? ' and ' : ' ' }
  }
  if (/\s/.test(before) && /\s/.test(after)) {
    // Marks that stand alone take a blank with them, but no line break.
    if (spare.test(text.slice(start - 1, start))) return { start: start - 1, end, text: '' }
    if (spare.test(text.slice(end, end + 1)) && !markAt(text, end + 1)) return { start, end: end + 1, text: '' }
  }
  return { start, end, text: '' }
}

/** 3.5, 2,000, 10:30, 1/2, 10-20; and -5, .5. */
function isOfNumber(marks: string, before: string, after: string): boolean {
  if (marks.length > 1 || !digit.test(after)) return false
  return digit.test(before) ? ".,:/-'’".includes(marks) : /[\s(]/.test(before) && '.-'.includes(marks)
}

/** 3 . 5, 2 , 000, 10 - 20: texts that have a blank between all tokens. */
function isOfSpacedNumber(text: string, start: number, end: number): boolean {
  return /\p{Nd} $/u.test(text.slice(Math.max(0, start - 2), start)) && /^ \p{Nd}/u.test(text.slice(end, end + 2))
}
