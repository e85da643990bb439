/** `key-duplicates`: no mapping has a key twice. YAML readers keep the last value and forget the others. */
import type { Finding } from '../qna-problem.ts'
import type { StyledText } from './styled-text.ts'

const mergeKey = '<<'

export function keyDuplicates({ nodes }: StyledText): Finding[] {
  const findings: Finding[] = []
  for (const node of nodes) {
    if (node.kind !== 'mapping') continue
    const seen = new Set<string>()
    for (const { key, named } of node.pairs) {
      if (!named || key.kind !== 'scalar' || key.text === mergeKey) continue
      if (!seen.has(key.text)) seen.add(key.text)
      else {
        const message = `The key “${key.text.slice(0, 60)}” comes twice here; only its last value counts.`
        const repair = 'Take one away, or give it another name.'
        findings.push({ rule: 'key-duplicates', offset: key.start.offset, message, repair })
      }
    }
  }
  return findings
}
