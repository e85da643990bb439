/** Finds the schema of a qna.yaml and compares the file with it. */
import type { LeafPlace } from '../leaf-path.ts'
import type { Finding } from '../qna-problem.ts'
import { entryOf, type MappingNode } from '../yaml/node.ts'
import { checkShape } from './check-shape.ts'
import { isBooleanVersion } from './qna-version.ts'
import { type SchemaName, schemas } from './shape.ts'

/** By the taxonomy folder; outside both, a file that names documents is knowledge. */
export function schemaName({ top }: LeafPlace, root: MappingNode): SchemaName {
  if (top === 'knowledge' || top === 'compositional_skills') return top
  return entryOf(root, 'document') ? 'knowledge' : 'compositional_skills'
}

export function checkSchema(root: MappingNode, name: SchemaName, version: number): Finding[] {
  const shape = isBooleanVersion(root) ? undefined : schemas[name][version - 1]
  const offset = (entryOf(root, 'version') ?? root).start.offset
  const newest = schemas[name].length
  if (shape === undefined) {
    const message = 'There is no such version of the schema.'
    return [{ rule: 'version', offset, message, repair: `Write version: ${newest}` }]
  }
  if (shape !== 'deprecated') return checkShape(root, shape)
  return [
    {
      ...{ rule: 'deprecated-version', offset },
      message: `Version ${version} is not supported for knowledge. Minimum supported version is ${newest}.`,
      repair:
        'Write version: 3, give each seed example a context with three or more questions_and_answers, and put a document_outline in place of task_description.',
    },
  ]
}
