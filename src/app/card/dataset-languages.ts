/** Which languages a dataset is in, as far as a sample of it tells. */
import { languageEvidence } from '../../critics/detector.ts'

/** Below it, two languages fit a text alike. */
const leastLead = 1
/** A language that fewer of the texts are in is a quotation or a mistake. */
const leastShare = 0.05

/** ISO 639-1 codes, the commonest first; texts that are too short to tell count for none. */
export async function languagesOf(texts: AsyncIterable<string>): Promise<string[]> {
  const counts = new Map<string, number>()
  let told = 0
  for await (const text of texts) {
    const [first, second] = [...languageEvidence(text)].sort((a, b) => b[1] - a[1])
    if (!first || first[1] - (second?.[1] ?? 0) < leastLead) continue
    told++
    counts.set(first[0], (counts.get(first[0]) ?? 0) + 1)
  }
  const ordered = [...counts].sort((a, b) => b[1] - a[1])
  return ordered.filter(([, count]) => count >= told * leastShare).map(([language]) => language)
}
