/** Makes nodes of tokens, by the grammar of YAML 1.1 as PyYAML has it. */
import { misfit, unclosed, unexpected } from './misplaced-token.ts'
import type { Pair, SequenceNode, YamlNode } from './node.ts'
import { NodeMaker, type Properties } from './node-maker.ts'
import type { Scanner } from './scanner.ts'
import type { Mark } from './source-text.ts'
import { TagHandles } from './tag-handles.ts'
import type { DirectiveToken, TagToken, Token } from './token.ts'
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
  /** All that were read. */
  readonly tokens: Token[] = []
  #scanner: Scanner
  #tags = new TagHandles()
  #depth = 0

  constructor(scanner: Scanner) {
    this.#scanner = scanner
  }

  /**
   * The only document of the text; none if there is nothing but comments.
   *
   * @throws YamlFault
   */
  document(): YamlNode | undefined {
    const root = this.#is('stream-end') ? undefined : this.#root()
    while (this.#is('document-end')) this.#next()
    if (!this.#is('stream-end')) throw this.#furtherText()
    this.#next()
    return root
  }

  #root(): YamlNode {
    if (!this.#is('directive', 'document-start')) return this.#node({ block: true })
    const directives: DirectiveToken[] = []
    for (let token = this.#peek(); token.kind === 'directive'; token = this.#peek()) {
      directives.push(token)
      this.#next()
    }
    this.#tags.declare(directives)
    if (!this.#is('document-start')) throw unexpected(this.#peek(), '“---”, after a line that begins with %,')
    this.#next()
    const empty = this.#is('directive', 'document-start', 'document-end', 'stream-end')
    return empty ? this.made.empty(this.#peek().start) : this.#node({ block: true })
  }

  #furtherText(): YamlFault {
    const token = this.#peek()
    if (token.kind !== 'document-start' && token.kind !== 'directive') return unexpected(token, 'the end of the file')
    const repair = 'Take “---” away, or put what follows in a file of its own.'
    return new YamlFault(token.start, 'A second document begins here, and a file holds one.', repair)
  }

  #node(context: Context = {}): YamlNode {
    const token = this.#peek()
    if (token.kind === 'alias') {
      this.#next()
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
    const properties: Properties = { start: this.#peek().start }
    let tag: TagToken | undefined
    for (;;) {
      const token = this.#peek()
      if (token.kind === 'anchor' && properties.anchor === undefined) properties.anchor = token.value
      else if (token.kind === 'tag' && !tag) tag = token
      else break
      this.#next()
    }
    return tag ? { ...properties, tag: this.#tags.resolve(tag) } : properties
  }

  #content(properties: Properties, { block, zeroIndented }: Context): YamlNode {
    const token = this.#peek()
    if (token.kind === 'scalar') {
      this.#next()
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
    this.#next()
    return this.made.sequence(properties, node => {
      this.#items(node, itemEnds)
      return this.#endOfBlock('list', node.start)
    })
  }

  #zeroIndentedSequence(properties: Properties): YamlNode {
    return this.made.sequence(properties, node => {
      this.#items(node, [...itemEnds, ...pairEnds])
      return this.#peek().start
    })
  }

  #items(node: SequenceNode, ends: Kind[]): void {
    while (this.#is('block-entry')) node.items.push(this.#part(ends, { block: true }))
  }

  #blockMapping(properties: Properties): YamlNode {
    this.#next()
    return this.made.mapping(properties, node => {
      while (this.#is('key')) node.pairs.push(this.#pair(pairEnds, { block: true, zeroIndented: true }))
      return this.#endOfBlock('mapping', node.start)
    })
  }

  #endOfBlock(what: 'list' | 'mapping', start: Mark): Mark {
    const token = this.#peek()
    if (token.kind !== 'block-end') throw misfit(token, what, start)
    return this.#next().end
  }

  #flowSequence(properties: Properties): YamlNode {
    const { start } = this.#next()
    return this.made.sequence(properties, node => {
      while (!this.#is('flow-sequence-end')) {
        if (node.items.length > 0 && !this.#comma(start, ']')) break
        node.items.push(this.#is('key') ? this.#singlePair() : this.#node())
      }
      return this.#next().end
    })
  }

  /** `[a: b]` holds a mapping of one pair. */
  #singlePair(): YamlNode {
    const node = this.made.mapping({ start: this.#peek().start }, mapping => {
      mapping.pairs.push(this.#pair(['flow-entry', 'flow-sequence-end']))
      return this.#peek().start
    })
    this.made.ended.push(node)
    return node
  }

  #flowMapping(properties: Properties): YamlNode {
    const { start } = this.#next()
    return this.made.mapping(properties, node => {
      while (!this.#is('flow-mapping-end')) {
        if (node.pairs.length > 0 && !this.#comma(start, '}')) break
        if (this.#is('key')) node.pairs.push(this.#pair(['flow-entry', 'flow-mapping-end']))
        else node.pairs.push({ key: this.#node(), value: this.made.empty(this.#peek().start), named: false })
      }
      return this.#next().end
    })
  }

  /** Passes a comma; false if the brackets close after it. */
  #comma(start: Mark, close: ']' | '}'): boolean {
    const token = this.#peek()
    if (token.kind !== 'flow-entry') throw unclosed(start, token, close)
    this.#next()
    return !this.#is(close === ']' ? 'flow-sequence-end' : 'flow-mapping-end')
  }

  #pair(ends: Kind[], context: Context = {}): Pair {
    const from = this.tokens.length
    const key = this.#part([...ends, 'value'], context)
    const named = this.tokens[from + 1]?.kind === 'scalar'
    const value = this.#is('value') ? this.#part(ends, context) : this.made.empty(this.#peek().start)
    return { key, value, named }
  }

  /** Passes an indicator and returns what follows it, be it nothing. */
  #part(ends: Kind[], context: Context): YamlNode {
    const { end } = this.#next()
    return this.#is(...ends) ? this.made.empty(end) : this.#node(context)
  }

  #is(...kinds: Kind[]): boolean {
    return kinds.includes(this.#peek().kind)
  }

  #peek(): Token {
    return this.#scanner.peek()
  }

  #next(): Token {
    const token = this.#scanner.next()
    this.tokens.push(token)
    return token
  }
}
