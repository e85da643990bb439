/** How long the texts of a label usually are, and how a prompt says so. */

/** 10th and 90th percentile of some texts, in characters where words are not parted by blanks; and the latter in characters. */
export type UsualLength = {
  unit: 'words' | 'characters'
  least: number
  most: number
  characters: number
}

export function usualLength(texts: string[]): UsualLength {
  const characters = texts.map(text => [...text].length)
  const words = texts.map(text => text.trim().split(/\s+/).length)
  const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0)
  const unit = sum(characters) > 15 * sum(words) ? 'characters' : 'words'
  const counts = unit === 'words' ? words : characters
  return {
    unit,
    least: percentile(counts, 0.1),
    most: percentile(counts, 0.9),
    characters: percentile(characters, 0.9),
  }
}

function percentile(counts: number[], share: number): number {
  const sorted = counts.toSorted((a, b) => a - b)
  return sorted[Math.round(share * (sorted.length - 1))]!
}

/** A line of a prompt that asks for texts as long as the examples, and in their style. */
export function styleLine({ unit, least, most }: UsualLength, instructed: boolean): string {
  const range = least === most ? `about ${most}` : `between ${least} and ${most}`
  const unless = instructed ? ', unless told otherwise above' : ''
  return `- Match length and style of the examples${unless}: most texts ${range} ${unit}; the same register, spelling and punctuation.`
}
