/** Makes nodes of tokens, by the grammar of YAML 1.1 as PyYAML has it. */
import { furtherText, misfit, unclosed, unexpected } from './misplaced-token.ts'
import type { Pair, SequenceNode, YamlNode } from './node.ts'
import { NodeMaker, type Properties } from './node-maker.ts'
import type { Mark } from './source-text.ts'
import { TagHandles } from './tag-handles.ts'
import type { DirectiveToken, TagToken, Token } from './token.ts'
import type { TokenCursor } from './token-cursor.ts'
import { YamlFault } from './yaml-fault.ts'

/** PyYAML’s own limit is Python’s stack: some 490. */
const deepestNesting = 480

type Kind = Token['kind']

interface Context {
  /** Not within brackets. */
  block?: boolean
  /** A list may begin in the column of the key that it belongs to. */
  zeroIndented?: boolean
}

const itemEnds: Kind[] = ['block-entry', 'block-end']
const pairEnds: Kind[] = ['key', 'value', 'block-end']

export class Composer {
  readonly made = new NodeMaker()
  #at: TokenCursor
  #tags = new TagHandles()
  #depth = 0

  constructor(tokens: TokenCursor) {
    this.#at = tokens
  }

  /**
   * The only document of the text; none if there is nothing but comments.
   *
   * @throws YamlFault
   */
  document(): YamlNode | undefined {
    const root = this.#at.is('stream-end') ? undefined : this.#root()
    while (this.#at.is('document-end')) this.#at.next()
    if (!this.#at.is('stream-end')) throw furtherText(this.#at.peek())
    this.#at.next()
    return root
  }

  #root(): YamlNode {
    if (!this.#at.is('directive', 'document-start')) return this.#node({ block: true })
    const directives: DirectiveToken[] = []
    for (let token = this.#at.peek(); token.kind === 'directive'; token = this.#at.peek()) {
      directives.push(token)
      this.#at.next()
    }
    this.#tags.declare(directives)
    if (!this.#at.is('document-start')) throw unexpected(this.#at.peek(), '“---”, after a line that begins with %,')
    this.#at.next()
    const empty = this.#at.is('directive', 'document-start', 'document-end', 'stream-end')
    return empty ? this.made.empty(this.#at.peek().start) : this.#node({ block: true })
  }

  #node(context: Context = {}): YamlNode {
    const token = this.#at.peek()
    if (token.kind === 'alias') {
      this.#at.next()
      return this.made.aliased(token)
    }
    this.#depth++
    if (this.#depth > deepestNesting) {
      throw new YamlFault(token.start, `More than ${deepestNesting} lists and mappings are nested here.`, 'Nest less.')
    }
    const node = this.#content(this.#properties(), context)
    this.#depth--
    this.made.ended.push(node)
    return node
  }

  #properties(): Properties {
    const properties: Properties = { start: this.#at.peek().start }
    let tag: TagToken | undefined
    for (;;) {
      const token = this.#at.peek()
      if (token.kind === 'anchor' && properties.anchor === undefined) properties.anchor = token.value
      else if (token.kind === 'tag' && !tag) tag = token
      else break
      this.#at.next()
    }
    return tag ? { ...properties, tag: this.#tags.resolve(tag) } : properties
  }

  #content(properties: Properties, { block, zeroIndented }: Context): YamlNode {
    const token = this.#at.peek()
    if (token.kind === 'scalar') {
      this.#at.next()
      return this.made.scalar(properties, token.value, { plain: token.style === 'plain', end: token.end })
    }
    if (token.kind === 'flow-sequence-start') return this.#flowSequence(properties)
    if (token.kind === 'flow-mapping-start') return this.#flowMapping(properties)
    if (token.kind === 'block-sequence-start' && block) return this.#blockSequence(properties)
    if (token.kind === 'block-mapping-start' && block) return this.#blockMapping(properties)
    if (token.kind === 'block-entry' && zeroIndented) return this.#zeroIndentedSequence(properties)
    if (properties.anchor === undefined && properties.tag === undefined) throw unexpected(token, 'a value')
    return this.made.scalar(properties, '', { plain: true, end: token.start })
  }

  #blockSequence(properties: Properties): YamlNode {
    this.#at.next()
    return this.made.sequence(properties, node => {
      this.#items(node, itemEnds)
      return this.#endOfBlock('list', node.start)
    })
  }

  #zeroIndentedSequence(properties: Properties): YamlNode {
    return this.made.sequence(properties, node => {
      this.#items(node, [...itemEnds, ...pairEnds])
      return this.#at.peek().start
    })
  }

  #items(node: SequenceNode, ends: Kind[]): void {
    while (this.#at.is('block-entry')) node.items.push(this.#part(ends, { block: true }))
  }

  #blockMapping(properties: Properties): YamlNode {
    this.#at.next()
    return this.made.mapping(properties, node => {
      while (this.#at.is('key')) node.pairs.push(this.#pair(pairEnds, { block: true, zeroIndented: true }))
      return this.#endOfBlock('mapping', node.start)
    })
  }

  #endOfBlock(block: 'list' | 'mapping', start: Mark): Mark {
    const token = this.#at.peek()
    if (token.kind === 'block-end') return this.#at.next().end
    throw misfit(token, { block, start, before: this.#at.passed, ...this.#at.lines() })
  }

  #flowSequence(properties: Properties): YamlNode {
    const { start } = this.#at.next()
    return this.made.sequence(properties, node => {
      while (!this.#at.is('flow-sequence-end')) {
        if (node.items.length > 0 && !this.#comma(start, ']')) break
        node.items.push(this.#at.is('key') ? this.#singlePair() : this.#node())
      }
      return this.#at.next().end
    })
  }

  /** `[a: b]` holds a mapping of one pair. */
  #singlePair(): YamlNode {
    const node = this.made.mapping({ start: this.#at.peek().start }, mapping => {
      mapping.pairs.push(this.#pair(['flow-entry', 'flow-sequence-end']))
      return this.#at.peek().start
    })
    this.made.ended.push(node)
    return node
  }

  #flowMapping(properties: Properties): YamlNode {
    const { start } = this.#at.next()
    return this.made.mapping(properties, node => {
      while (!this.#at.is('flow-mapping-end')) {
        if (node.pairs.length > 0 && !this.#comma(start, '}')) break
        if (this.#at.is('key')) node.pairs.push(this.#pair(['flow-entry', 'flow-mapping-end']))
        else node.pairs.push({ key: this.#node(), value: this.made.empty(this.#at.peek().start), named: false })
      }
      return this.#at.next().end
    })
  }

  /** Passes a comma; false if the brackets close after it. */
  #comma(start: Mark, close: ']' | '}'): boolean {
    const token = this.#at.peek()
    if (token.kind !== 'flow-entry') throw unclosed(start, token, close)
    this.#at.next()
    return !this.#at.is(close === ']' ? 'flow-sequence-end' : 'flow-mapping-end')
  }

  #pair(ends: Kind[], context: Context = {}): Pair {
    const from = this.#at.passed.length
    const key = this.#part([...ends, 'value'], context)
    const named = this.#at.passed[from + 1]?.kind === 'scalar'
    const value = this.#at.is('value') ? this.#part(ends, context) : this.made.empty(this.#at.peek().start)
    return { key, value, named }
  }

  /** Passes an indicator and returns what follows it, be it nothing. */
  #part(ends: Kind[], context: Context): YamlNode {
    const { end } = this.#at.next()
    return this.#at.is(...ends) ? this.made.empty(end) : this.#node(context)
  }
}
