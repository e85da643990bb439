/** The claims a judge finds in a text, and what code makes of the evidence given for them. */
import { z } from 'zod'
import { figuresOf } from '../text/figures.ts'
import { foldText } from '../text/normalize.ts'
import type { Passage } from './fact-passages.ts'

const verdicts = ['supported', 'contradicted', 'not in the facts'] as const

export interface Claim {
  claim: string
  quote: string
  /** 1-based; 0 if there is none. */
  passage: number
  verdict: (typeof verdicts)[number]
}

/** What a claim comes to, and for people: why. */
export interface Finding {
  kind: 'supported' | 'contradicted' | 'unsupported'
  why: string
}

/** Asks for `{ claims: [claim, …] }`, every claim exactly so; takes a bare list, other spellings of a verdict and missing evidence too. */
export function claimsReply(passages: number): z.ZodType<Claim[]> {
  const asked = z.strictObject({
    claims: z.array(
      z.strictObject({
        claim: z.string(),
        quote: z.string(),
        passage: z.int().min(0).max(passages),
        verdict: z.enum(verdicts),
      }),
    ),
  })
  const { $schema: _, ...shape } = z.toJSONSchema(asked)
  const read = z.object({
    claim: z.string().trim().min(1),
    quote: z.string().nullish(),
    passage: z.coerce.number().catch(0),
    verdict: z.string().transform(said => spelledVerdict(said)),
  })
  return z
    .unknown()
    .meta(shape)
    .transform(reply => (Array.isArray(reply) ? reply : ((reply ?? {}) as { claims?: unknown }).claims))
    .pipe(z.array(read))
    .transform(claims => claims.map(claim => ({ ...claim, quote: claim.quote ?? '' })))
}

/** What is not clearly one of the first two settles nothing. */
function spelledVerdict(said: string): Claim['verdict'] {
  const folded = foldText(said)
  if (/^(fully |clearly )?supported$/.test(folded)) return 'supported'
  return /^contradict(ed|s)?$/.test(folded) ? 'contradicted' : 'not in the facts'
}

/**
 * A verdict without a quotation that stands in one of the passages (folded) is void: the claim is unsupported. So is one that has a
 * figure which the quoted row of a table does not have, as it is written there.
 */
export function settle({ claim, quote, passage, verdict }: Claim, shown: readonly Passage[]): Finding {
  const named = `“${claim}”`
  if (verdict === 'not in the facts') return { kind: 'unsupported', why: `not in the facts: ${named}` }
  const cited = shown[passage - 1]
  const source = [...(cited ? [cited] : []), ...shown].find(({ text }) => holds(text, quote))
  if (!source) {
    const lacking = quote.trim() === '' ? 'no quotation' : `a quotation that is not in the facts (“${quote.trim()}”)`
    return { kind: 'unsupported', why: `called ${verdict} with ${lacking}: ${named}` }
  }
  if (verdict === 'contradicted') {
    return { kind: 'contradicted', why: `contradicted by ${source.place} (“${quote.trim()}”): ${named}` }
  }
  const strange = source.isRow ? figuresOf(claim).find(figure => !figuresOf(source.text).includes(figure)) : undefined
  if (strange !== undefined) {
    return { kind: 'unsupported', why: `${strange} does not stand in ${source.place} (“${quote.trim()}”): ${named}` }
  }
  return { kind: 'supported', why: `supported by ${source.place}: ${named}` }
}

/** Whether a quotation, or each of its parts around dots that leave something out, stands in a text: whole words and whole figures. */
function holds(text: string, quote: string): boolean {
  const parts = quote.split(/\[?(?:…|\.{3})\]?/).map(foldText)
  const spoken = parts.filter(part => /[\p{L}\p{N}]/u.test(part))
  const figures = figuresOf(text)
  if (spoken.length === 0 || figuresOf(quote).some(figure => !figures.includes(figure))) return false
  let from = 0
  return spoken.every(part => {
    const at = placeOf(foldText(text), part, from)
    from = at + part.length
    return at >= 0
  })
}

function placeOf(text: string, part: string, from: number): number {
  for (let at = text.indexOf(part, from); at >= 0; at = text.indexOf(part, at + 1)) {
    if (!splitsWord(text, at) && !splitsWord(text, at + part.length)) return at
  }
  return -1
}

/** In scripts that part words; others have no whole words to speak of. */
const joined = /^(?:[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{M}]{2}|\p{N}{2})$/u

function splitsWord(text: string, at: number): boolean {
  return joined.test(text.slice(Math.max(0, at - 1), at + 1))
}
