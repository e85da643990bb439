/** Reads a text as one YAML 1.1 document, as PyYAML’s safe loader does. */
import { Composer } from './composer.ts'
import { construct } from './construct.ts'
import type { YamlNode } from './node.ts'
import { Scanner } from './scanner.ts'
import type { Comment, Token } from './token.ts'
import { TokenCursor } from './token-cursor.ts'

export interface YamlDocument {
  /** None if the text has comments at most. */
  root?: YamlNode
  /** All there are, in the order in which they begin. */
  nodes: YamlNode[]
  tokens: Token[]
  comments: Comment[]
}

/**
 * The text must have line feeds alone as line breaks, and no NUL.
 *
 * @throws YamlFault where the text is no YAML that is taken.
 */
export function readYaml(text: string): YamlDocument {
  const scanner = new Scanner(text)
  const tokens = new TokenCursor(scanner)
  const composer = new Composer(tokens)
  const root = composer.document()
  const { nodes, ended } = composer.made
  construct(nodes, ended)
  return { ...(root && { root }), nodes, tokens: tokens.passed, comments: scanner.comments }
}
