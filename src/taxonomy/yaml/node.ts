/** What a YAML document says, as a graph: an alias is the node it stands for. */
import type { Mark } from './source-text.ts'

interface Place {
  start: Mark
  end: Mark
  /** As written or resolved: `tag:yaml.org,2002:str`. */
  tag: string
  /** Equal for nodes of equal value; there once the document is read. */
  identity: number
}

/** `pair` is what an ordered mapping (`!!omap`) is a list of. */
export type ScalarType = 'string' | 'integer' | 'float' | 'boolean' | 'null' | 'date' | 'bytes' | 'pair'

export interface ScalarNode extends Place {
  kind: 'scalar'
  type: ScalarType
  /** The scalar's text, without quotes. */
  text: string
  /** Its value spelled in one way: `true` for `yes`, `26` for `0x1A`. */
  value: string
  plain: boolean
}

export interface SequenceNode extends Place {
  kind: 'sequence'
  items: YamlNode[]
}

export interface Pair {
  key: YamlNode
  value: YamlNode
  /** Whether the key is written out, before a colon or after a question mark: no alias, and no bare item of a `{…}`. */
  named: boolean
}

export interface MappingNode extends Place {
  kind: 'mapping'
  /** As written, with keys that come twice and merges. */
  pairs: Pair[]
  /** By identity of the key: what the mapping holds, merges included; of keys that come twice, the last. */
  entries: Map<string, Pair>
}

export type YamlNode = ScalarNode | SequenceNode | MappingNode

/** What the tags of the YAML standard begin with. */
export const standard = 'tag:yaml.org,2002:'

export function typeOf(node: YamlNode): ScalarType | 'list' | 'mapping' | 'set' {
  if (node.kind === 'scalar') return node.type
  if (node.kind === 'sequence') return 'list'
  return node.tag === `${standard}set` ? 'set' : 'mapping'
}

/** The value under a key that is a string. */
export function entryOf(mapping: MappingNode, key: string): YamlNode | undefined {
  return mapping.entries.get(keyOf({ type: 'string', value: key }))?.value
}

/** One text for each key that is a key of its own. 1, 1.0 and true are the same. */
export function keyOf({ type, value }: Pick<ScalarNode, 'type' | 'value'>): string {
  if (type === 'boolean') return value === 'true' ? 'number 1' : 'number 0'
  return type === 'integer' || type === 'float' ? `number ${value}` : `${type} ${value}`
}
