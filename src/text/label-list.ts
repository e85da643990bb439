/** Lists of labels or entity types as recipes give them, each with or without its meaning, and as prompts show them. */
import { z } from 'zod'

export type NamedLabel = {
  label: string
  /** Empty if the recipe does not say. */
  meaning: string
}

const expected = 'an entry is a name, or { label, meaning }'

/** Accepts `NAME` and `{ label: NAME, meaning: … }` side by side; what it makes of them, it accepts again. No name comes twice, whatever its case. */
export function labelList(name: z.ZodString) {
  const entry = z.union(
    [
      name.transform((label): NamedLabel => ({ label, meaning: '' })),
      z.strictObject({
        label: name.describe('Its name'),
        meaning: z.string().trim().default('').describe('What it means, in your own words'),
      }),
    ],
    { error: expected },
  )
  return z
    .array(entry)
    .refine(entries => new Set(entries.map(({ label }) => label.toLowerCase())).size === entries.length, {
      error: 'no label twice',
    })
}

/** What follows a colon: names on the same line or, as soon as one has a meaning, each on a line below. `show` writes a name as the prompt does. */
export function namesWithMeanings(entries: readonly NamedLabel[], show: (label: string) => string): string {
  if (entries.every(({ meaning }) => meaning === '')) return ` ${entries.map(({ label }) => show(label)).join(', ')}`
  return entries.map(({ label, meaning }) => `\n  - ${show(label)}${meaning && `: ${oneLine(meaning)}`}`).join('')
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ')
}
