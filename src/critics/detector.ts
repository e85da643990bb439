/** What language a text is in, as far as `eld` can tell. Its database is loaded with the first question, not before. */
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { eld } from 'eld/small'

type Detector = typeof eld
let detector: Detector | undefined

/**
 * Loading takes 0.3 s and 160 MB, too much for every start of the program, and critics open synchronously. The package
 * offers its entries to `import` alone, so they are resolved as such first.
 */
function load(): Detector {
  if (!detector) {
    const module = createRequire(import.meta.url)(fileURLToPath(import.meta.resolve('eld/small')))
    detector = (module as { eld: Detector }).eld
  }
  return detector
}

/** ISO 639-1 codes of the languages it knows. */
export function knownLanguages(): string[] {
  return Object.values(load().info()['Languages'])
}

/** The detector reads no more than 350 bytes; a character takes three at most (but for emoji). */
const pieceLength = 110
/** A letter's share in the evidence: n-grams are taken every three bytes, and a hundred is a handy unit. */
const letterWeight = 1 / 300

/**
 * Evidence for each language: how well the letters fit it, on a logarithmic scale, summed over the text. The difference between
 * two languages grows with the text; from about 1 on it can be trusted. Empty if there is nothing to go by.
 */
export function languageEvidence(text: string): Map<string, number> {
  const evidence = new Map<string, number>()
  for (const piece of pieces(text)) {
    const letters = letterCount(piece)
    for (const [language, score] of Object.entries(load().detect(piece).getScores())) {
      // The score is s / (s + 25) of the mean s over the n-grams of the piece.
      const mean = (25 * score) / (1 - score)
      evidence.set(language, (evidence.get(language) ?? 0) + mean * letters * letterWeight)
    }
  }
  return evidence
}

function pieces(text: string): string[] {
  const cut = new RegExp(`\\S{${pieceLength}}|\\S.{0,${pieceLength - 2}}\\S(?!\\S)|\\S+`, 'gsu')
  return text.match(cut) ?? []
}

export function letterCount(text: string): number {
  return text.match(/\p{L}/gu)?.length ?? 0
}
