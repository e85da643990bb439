/** `swap_entities`: an entity gives way to another of its type. */
import { z } from 'zod'
import type { RandomStream } from '../../stats/random-stream.ts'
import type { Edit } from '../../text/edits.ts'
import { drawn, drawnMatches } from '../drawn-matches.ts'
import { markAt } from '../mark-at.ts'
import { definePerturbation, type PerturbationContext } from '../perturbation.ts'

/** The terms of one label, each once. */
interface Pool {
  all: string[]
  byTokens: Map<number, string[]>
}

export const swapEntities = definePerturbation({
  kind: 'swap_entities',
  category: 'robustness',
  summary: 'Puts another entity of the same type in the place of one, wherever the text marks it',
  example: {
    before: 'Paris is large, I like Paris.',
    after: 'Rome is large, I like Rome.',
    params: { terminology: { LOC: ['Paris', 'Rome'] } },
    entities: [
      { start: 0, end: 5, label: 'LOC' },
      { start: 23, end: 28, label: 'LOC' },
    ],
  },
  params: z.strictObject({
    terminology: z
      .record(z.string(), z.array(z.string().min(1)))
      .nullish()
      .describe('What may stand in, by label; unset: the entities of the texts'),
    labels: z.array(z.string()).nullish().describe('Only entities of these labels; unset: all'),
    count: z.int().min(1).default(1).describe('At most so many different entities of a text'),
  }),
  tasks: ['entities'],
  prob: 'texts',
  open({ prob, params: { terminology, labels, count }, examples }) {
    const terms = terminology ? new Map(Object.entries(terminology)) : termsOf(examples)
    const pools = new Map(
      [...terms].filter(([label]) => !labels || labels.includes(label)).map(([label, of]) => [label, poolOf(of)]),
    )
    return (text, entities, random) => {
      const swappable = entities
        .filter(({ start, end, label }) => pools.has(label) && !markAt(text, start) && !markAt(text, end))
        .map(({ start, end, label }) => ({ start, end, label, term: text.slice(start, end) }))
      if (swappable.length === 0 || !drawn(prob, random)) return []
      const different = swappable.filter(
        ({ label, term }, at) => swappable.findIndex(other => other.term === term && other.label === label) === at,
      )
      const edits: Edit[] = []
      for (const { label, term } of drawnMatches(different, 1, random, count)) {
        const other = drawnFor(term, pools.get(label)!, random)
        if (other === undefined) continue
        for (const place of swappable) {
          if (place.term === term && place.label === label)
            edits.push({ start: place.start, end: place.end, text: other })
        }
      }
      return edits.sort((a, b) => a.start - b.start).filter(({ start }, at) => start >= (edits[at - 1]?.end ?? 0))
    }
  },
})

function termsOf(examples: PerturbationContext<unknown>['examples']): Map<string, string[]> {
  const terms = new Map<string, string[]>()
  for (const { text, entities } of examples) {
    for (const { start, end, label } of entities) {
      const of = terms.get(label)
      if (of) of.push(text.slice(start, end))
      else terms.set(label, [text.slice(start, end)])
    }
  }
  return terms
}

function poolOf(terms: readonly string[]): Pool {
  const all = [...new Set(terms)].filter(term => term.trim() !== '' && term.isWellFormed() && !markAt(term, 0))
  return { all, byTokens: Map.groupBy(all, tokensOf) }
}

function tokensOf(term: string): number {
  return term.trim().split(/\s+/).length
}

/** Another term than this one, of as many tokens if there is one. */
function drawnFor(term: string, { all, byTokens }: Pool, random: RandomStream): string | undefined {
  const alike = byTokens.get(tokensOf(term)) ?? []
  const pool = alike.some(other => other !== term) ? alike : all
  if (!pool.some(other => other !== term)) return undefined
  for (;;) {
    const other = random.pick(pool)
    if (other !== term) return other
  }
}
