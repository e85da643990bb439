/** `drop_accents`: Latin letters without their accents. */
import { z } from 'zod'
import { drawnMatches } from '../drawn-matches.ts'
import { editStretches } from '../edit-stretches.ts'
import { definePerturbation } from '../perturbation.ts'

const latinWord = /(?:\p{Script=Latin}|[\u0300-\u036f])+/gu
/** Marks of other scripts are vowels, which nobody leaves out by accident. */
const accentedLetter = /\p{Script=Latin}[\u0300-\u036f]*/gu
const accents = /[\u0300-\u036f]+/g
/** Letters that are one with their accent. */
const single: Record<string, string> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', đ: 'd', ð: 'd', ł: 'l', þ: 'th', ı: 'i' },
  ...{ ẞ: 'SS', Æ: 'AE', Œ: 'OE', Ø: 'O', Đ: 'D', Ð: 'D', Ł: 'L', Þ: 'TH' },
}

export const dropAccents = definePerturbation({
  kind: 'drop_accents',
  category: 'robustness',
  summary: 'Writes Latin letters without their accents: “cafe”, “Strasse”',
  example: { before: 'Ein Café in der Hauptstraße', after: 'Ein Cafe in der Hauptstrasse' },
  params: z.strictObject({}),
  prob: 'matches',
  open({ prob }) {
    return (text, entities, random) => {
      const words = Array.from(text.matchAll(latinWord), ({ index, 0: word }) => ({
        start: index,
        end: index + word.length,
        word,
      }))
      const accented = words.filter(({ word }) => withoutAccents(word) !== word)
      return editStretches(text, drawnMatches(accented, prob, random), entities, withoutAccents)
    }
  },
})

function withoutAccents(text: string): string {
  return text.replace(
    accentedLetter,
    letter => single[letter.charAt(0)] ?? letter.normalize('NFD').replace(accents, '').normalize('NFC'),
  )
}
