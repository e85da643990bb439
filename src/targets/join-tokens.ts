/** Joins labelled tokens to entities, whatever scheme they are labelled in: IOB, BIO, BIOES, BILOU. */
import type { ScoredEntity } from '../model/prediction.ts'

export interface Token extends ScoredEntity {
  /** Its text; Hugging Face marks what goes on within a word by `##`. */
  word?: string
}

export const tokenLabel = /^([BIESLU])-(.+)$/s

/** Tokens in order, none of them `O`. An entity's score is the mean of its tokens’, if all have one. */
export function joinTokens(tokens: readonly Token[], text: string): ScoredEntity[] {
  const groups: Token[][] = []
  for (const token of tokens) {
    const group = groups.at(-1)
    if (group && goesOn(group.at(-1)!, token, text)) group.push(token)
    else groups.push([token])
  }
  return groups.map(group => {
    const scores = group.map(({ score }) => score).filter(score => score !== undefined)
    return {
      start: group[0]!.start,
      end: group.at(-1)!.end,
      label: parts(group[0]!).label,
      ...(scores.length === group.length && { score: scores.reduce((sum, score) => sum + score, 0) / scores.length }),
    }
  })
}

/** Between the tokens of one entity stands nothing but blanks: other words would have been tokens labelled `O`. */
function goesOn(before: Token, token: Token, text: string): boolean {
  const [last, next] = [parts(before), parts(token)]
  if (last.label !== next.label || token.start < before.end || text.slice(before.end, token.start).trim() !== '')
    return false
  // Models that label pieces of words say B- again within a word.
  if (token.start === before.end && token.word?.startsWith('##')) return true
  return 'IEL'.includes(next.place) && 'BI'.includes(last.place)
}

function parts({ label }: Token): { place: string; label: string } {
  const [, place, name] = tokenLabel.exec(label)!
  return { place: place!, label: name! }
}
