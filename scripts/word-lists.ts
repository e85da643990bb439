/** Writes the word lists that are derived from packages: `node scripts/word-lists.ts`. The packages are needed here alone. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { homophones } from './word-lists/homophones.ts'
import { spellingLists } from './word-lists/spelling-lists.ts'

const folder = join(import.meta.dirname, '..', 'src', 'perturbations', 'lists')

/** The text of each derived list, by its file: one entry a line. */
export function derivedLists(): Record<string, string> {
  const { americanToBritish, britishToAmerican } = spellingLists()
  return {
    'american-to-british.json': json(americanToBritish),
    'british-to-american.json': json(britishToAmerican),
    'homophones.json': `[\n${homophones()
      .map(group => `  [${group.map(word => JSON.stringify(word)).join(', ')}]`)
      .join(',\n')}\n]\n`,
  }
}

function json(entries: Record<string, string>): string {
  return `${JSON.stringify(entries, null, 2)}\n`
}

if (import.meta.main) {
  for (const [file, text] of Object.entries(derivedLists())) writeFileSync(join(folder, file), text)
}
