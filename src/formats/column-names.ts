/** What columns and splits are called in the wild, and which role of a record such a name speaks for. */
import type { Split } from '../model/record.ts'

export type ColumnRole = 'text' | 'label' | 'labels' | 'spans' | 'split' | 'id' | 'tags'

/** Earlier names win over later ones. Compared in lower case without punctuation. */
const namesByRole: Record<ColumnRole, string> = {
  text:
    'text sentence tweet utterance content body message question query comment review document prompt input post ' +
    'description abstract headline title transcript passage snippet statement words texts',
  label:
    'label category class intent target sentiment topic emotion classification subject gold ' +
    'annotation verdict rating stars polarity toxicity type y',
  labels: 'labels categories classes intents topics emotions',
  spans: 'spans entities ner mentions annotations',
  split: 'split partition subset fold set',
  id: 'id uid uuid guid recordid exampleid rowid textid',
  tags: 'tags',
}

const rankByName = new Map(
  Object.entries(namesByRole).flatMap(([role, names]) =>
    names.split(' ').map((name, rank) => [name, { role: role as ColumnRole, rank }] as const),
  ),
)
/** More than any rank within a list, so that a whole name beats the last word of a name. */
const lastWordOnly = 100

/** The role a column's name speaks for, and how strongly (0 is strongest); `tweet_text` speaks by its last word. */
export function roleOfName(column: string): { role: ColumnRole; rank: number } | undefined {
  const whole = rankByName.get(bare(column))
  if (whole) return whole
  const words = column.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').split(/[^\p{L}\p{N}]+/u)
  const last = rankByName.get(bare(words.filter(Boolean).at(-1) ?? ''))
  return last && { role: last.role, rank: last.rank + lastWordOnly }
}

const namesBySplit: Record<Split, string[]> = {
  train: ['train', 'training'],
  validation: ['validation', 'valid', 'val', 'dev', 'development'],
  test: ['test', 'testing'],
}

/** The split a value names, in any case; undefined if none. */
export function splitOf(value: string): Split | undefined {
  const name = value.trim().toLowerCase()
  return (Object.keys(namesBySplit) as Split[]).find(split => namesBySplit[split].includes(name))
}

function bare(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
}
