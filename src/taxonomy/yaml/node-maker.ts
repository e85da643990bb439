/** Makes the nodes of a document, keeping what is needed to find them again: anchors, and the orders they begin and end in. */
import { type MappingNode, type ScalarNode, type SequenceNode, standard, type YamlNode } from './node.ts'
import { resolvedTag } from './resolve-scalar.ts'
import type { Mark } from './source-text.ts'
import type { NameToken } from './token.ts'
import { YamlFault } from './yaml-fault.ts'

/** What stands before a value: `&anchor !tag`. */
export interface Properties {
  start: Mark
  anchor?: string
  tag?: string
}

/** Says that a scalar’s text decides about its tag. */
const openTag = '!'

export class NodeMaker {
  /** In the order in which they begin. */
  readonly nodes: YamlNode[] = []
  /** In the order in which they end, so that what a node holds comes before it. */
  readonly ended: YamlNode[] = []
  #anchors = new Map<string, YamlNode>()

  /** `plain`: without quotes. */
  scalar(properties: Properties, text: string, { plain, end }: { plain: boolean; end: Mark }): ScalarNode {
    const tag = properties.tag ?? (plain ? openTag : `${standard}str`)
    return this.#begin<ScalarNode>(
      {
        ...{ kind: 'scalar', type: 'string', text, value: text, plain, identity: 0 },
        ...{ start: properties.start, end, tag: tag === openTag ? resolvedTag(text) : tag },
      },
      properties,
    )
  }

  /** A value that is not written. */
  empty(at: Mark): ScalarNode {
    const node = this.scalar({ start: at }, '', { plain: true, end: at })
    this.ended.push(node)
    return node
  }

  /** `fill` reads the items and returns where they end. */
  sequence(properties: Properties, fill: (node: SequenceNode) => Mark): SequenceNode {
    const { start } = properties
    const tag = collectionTag(properties, 'seq')
    const node = this.#begin<SequenceNode>(
      { kind: 'sequence', items: [], start, end: start, tag, identity: 0 },
      properties,
    )
    node.end = fill(node)
    return node
  }

  /** `fill` reads the pairs and returns where they end. */
  mapping(properties: Properties, fill: (node: MappingNode) => Mark): MappingNode {
    const { start } = properties
    const tag = collectionTag(properties, 'map')
    const node = this.#begin<MappingNode>(
      { kind: 'mapping', pairs: [], entries: new Map(), start, end: start, tag, identity: 0 },
      properties,
    )
    node.end = fill(node)
    return node
  }

  /** @throws YamlFault if nothing has that name. */
  aliased({ value, start }: NameToken): YamlNode {
    const node = this.#anchors.get(value)
    if (node) return node
    throw new YamlFault(
      start,
      `*${value} repeats what was named &${value}, and nothing was.`,
      'Put the text in quotes if it is meant to begin with *.',
    )
  }

  /** A node may hold itself by its alias, so it is known before it is filled. */
  #begin<Node extends YamlNode>(node: Node, { anchor }: Properties): Node {
    const first = anchor === undefined ? undefined : this.#anchors.get(anchor)
    if (first) {
      throw new YamlFault(
        node.start,
        `&${anchor} was used already in line ${first.start.line + 1}.`,
        'Give each anchor a name of its own, or put the text in quotes if it is meant to begin with &.',
      )
    }
    if (anchor !== undefined) this.#anchors.set(anchor, node)
    this.nodes.push(node)
    return node
  }
}

function collectionTag({ tag }: Properties, name: 'seq' | 'map'): string {
  return tag === undefined || tag === openTag ? standard + name : tag
}
