/** Which version of the schema a qna.yaml asks for. */
import { entryOf, type MappingNode } from '../yaml/node.ts'

/**
 * What `version` says, as InstructLab reads it: 1 if it says nothing or no number (the schema then complains of the type), the whole
 * part of a number, the number that a text spells. `unreadable` where InstructLab fails (infinity).
 */
export function qnaVersion(root: MappingNode): number | 'unreadable' {
  const node = entryOf(root, 'version')
  if (node?.kind !== 'scalar') return 1
  if (node.type === 'integer') return Number.parseInt(node.value, 16)
  if (node.type === 'float') {
    const number = /^-?[\da-f]+$/.test(node.value) ? Number.parseInt(node.value, 16) : Number(node.value)
    if (Number.isNaN(number)) return 1
    return Number.isFinite(number) ? Math.trunc(number) : 'unreadable'
  }
  const spelled = node.type === 'string' && /^\s*[-+]?\d+(?:_\d+)*\s*$/.test(node.text)
  return spelled ? Number(node.text.replaceAll('_', '')) : 1
}

/** Whether `version` is a boolean: for InstructLab it then is a version, of a name that no schema has. */
export function isBooleanVersion(root: MappingNode): boolean {
  const node = entryOf(root, 'version')
  return node?.kind === 'scalar' && node.type === 'boolean'
}
