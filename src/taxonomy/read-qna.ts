/** Reads one qna.yaml: the leaf it holds, and everything that is wrong with it. */
import { advise } from './advise.ts'
import { buildLeaf } from './build-leaf.ts'
import { decodeQna } from './decode-qna.ts'
import type { TaxonomyLeaf } from './leaf.ts'
import { type LeafPlace, leafPlace } from './leaf-path.ts'
import { Positions } from './positions.ts'
import type { Finding, ProblemSource, QnaProblem } from './qna-problem.ts'
import { checkSchema, schemaName } from './schema/check-schema.ts'
import { qnaVersion } from './schema/qna-version.ts'
import { checkStyle } from './style/check-style.ts'
import type { YamlNode } from './yaml/node.ts'
import { readYaml, type YamlDocument } from './yaml/read-yaml.ts'
import { YamlFault } from './yaml/yaml-fault.ts'

export type { QnaProblem } from './qna-problem.ts'

export interface ReadQna {
  /** There if the file is sound for its schema; problems of style do not prevent it. */
  leaf?: TaxonomyLeaf
  /** What the file says its version is; 0 if it could not be read that far. */
  version: number
  /** In order of their places. */
  problems: QnaProblem[]
}

/**
 * Never throws, whatever the bytes. Without the problems from `advice`, what is found is what InstructLab’s parser finds with strict
 * style: the same files are accepted, with the same number of schema errors. It stops at a wrong file name; here the content is
 * looked at all the same, so that nobody mends in instalments.
 *
 * @param path with `/` between its parts. The taxonomy folder in it, if there is one, says what the leaf must be.
 */
export function readQna(path: string, content: string | Uint8Array): ReadQna {
  const place = leafPlace(path)
  const read = readContent(place, content)
  if (place.name === 'qna.yaml') return read
  return { version: read.version, problems: [problem(fileName(place), new Positions(''), 'file'), ...read.problems] }
}

function readContent(place: LeafPlace, content: string | Uint8Array): ReadQna {
  const { text, fault } = decodeQna(content)
  const positions = new Positions(text)
  if (fault) return unread(fault, positions)
  const document = tryYaml(text)
  if ('fault' in document) return unread(document.fault, positions, 'yaml')
  const { root } = document
  if (!root || isNothing(root)) return unread(emptyFile, positions, 'file', 'warning')
  if (root.kind !== 'mapping' || root.tag.endsWith(':set')) return unread(notMapping(root), positions, 'schema')
  const version = qnaVersion(root)
  if (version === 'unreadable') return unread(endlessVersion(root), positions, 'yaml')

  const schema = schemaName(place, root)
  const style = version > 1 ? checkStyle({ ...document, text }) : []
  const mistakes = checkSchema(root, schema, version)
  const leaf = mistakes.length === 0 ? buildLeaf(root, { path: place.path, schema, version }) : undefined
  const advice = leaf ? advise(root, leaf, place) : []
  const problems = [
    ...style.map(finding => problem(finding, positions, 'style')),
    ...mistakes.map(finding => problem(finding, positions, 'schema')),
    ...advice.map(finding => problem(finding, positions, 'advice', 'warning')),
  ].sort((a, b) => a.line - b.line || a.column - b.column)
  return { ...(leaf && { leaf }), version, problems }
}

function unread(
  finding: Finding,
  positions = new Positions(''),
  from: ProblemSource = 'file',
  severity: QnaProblem['severity'] = 'error',
): ReadQna {
  return { version: 0, problems: [problem(finding, positions, from, severity)] }
}

function problem(
  { rule, offset, message, repair }: Finding,
  positions: Positions,
  from: ProblemSource,
  severity: QnaProblem['severity'] = 'error',
): QnaProblem {
  return { rule, severity, ...positions.at(offset), message: inOneLine(message), repair: inOneLine(repair), from }
}

/** What a file says must not steer a terminal. */
const inOneLine = (words: string) => words.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')

function tryYaml(text: string): YamlDocument | { fault: Finding } {
  try {
    return readYaml(text)
  } catch (error) {
    if (!(error instanceof YamlFault)) throw error
    const { mark, message, repair } = error
    return { fault: { rule: 'syntax', offset: mark.offset, message, repair } }
  }
}

/** What Python takes for nothing. */
function isNothing(node: YamlNode): boolean {
  if (node.kind === 'sequence') return node.items.length === 0
  if (node.kind === 'mapping') return node.entries.size === 0
  const { type, value } = node
  if (type === 'null') return true
  if (type === 'boolean') return value === 'false'
  if (type === 'integer' || type === 'float') return value === '0'
  return (type === 'string' || type === 'bytes') && value === ''
}

function fileName({ name }: LeafPlace): Finding {
  const message = `A leaf’s file must be named “qna.yaml”, not “${name}”.`
  return { rule: 'file-name', offset: 0, message, repair: 'Rename it to qna.yaml, in a folder of its own.' }
}

const emptyFile: Finding = {
  ...{ rule: 'empty-file', offset: 0, message: 'The file is empty.' },
  repair: 'Fill it in, or delete it.',
}

function notMapping(root: YamlNode): Finding {
  return {
    ...{ rule: 'top-level', offset: root.start.offset, message: 'The file does not consist of keys with values.' },
    repair:
      'Begin with “version: 3”, “created_by:” and the other keys, each at the start of a line with “: ” after it.',
  }
}

function endlessVersion(root: YamlNode): Finding {
  const message = '“version” must be a whole number.'
  return { rule: 'version', offset: root.start.offset, message, repair: 'Write version: 3' }
}
