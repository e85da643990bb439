/** Gives nodes their values: types of scalars, merged keys, and an identity that equal values share. */
import { keyOf, type MappingNode, type Pair, type ScalarNode, standard, type YamlNode } from './node.ts'
import { scalarValue } from './resolve-scalar.ts'
import { YamlFault } from './yaml-fault.ts'

/** Merges of merges of merges can ask for more than any machine holds. */
const mostMergedPairs = 100_000

const mergeTag = `${standard}merge`
const valueTag = `${standard}value`
const collectionTags = {
  sequence: new Set(['seq', 'omap', 'pairs'].map(name => standard + name)),
  mapping: new Set(['map', 'set'].map(name => standard + name)),
}

/**
 * `nodes` in the order in which they begin, `ended` in which they end.
 *
 * @throws YamlFault where a tag does not fit its value or a key cannot be one.
 */
export function construct(nodes: YamlNode[], ended: YamlNode[]): void {
  const mergeKeys = new Set<YamlNode>()
  for (const node of nodes) if (node.kind === 'mapping') findSpecialKeys(node, mergeKeys)
  for (const node of nodes) {
    if (node.kind !== 'scalar') requireTag(node)
    else if (!mergeKeys.has(node)) constructScalar(node)
  }
  const merging: Merging = { mergeKeys, begun: new Set(), pairs: 0 }
  for (const node of nodes) if (node.kind === 'mapping') fillEntries(node, merging)
  identify(ended)
}

/** `<<` merges another mapping; `=` is a key like any other, though no value. */
function findSpecialKeys({ pairs }: MappingNode, mergeKeys: Set<YamlNode>): void {
  for (const { key } of pairs) {
    if (key.tag === mergeTag) mergeKeys.add(key)
    else if (key.kind === 'scalar' && key.tag === valueTag) key.tag = `${standard}str`
    else if (key.kind !== 'scalar') {
      throw new YamlFault(
        key.start,
        `The text before this colon begins with ${key.kind === 'mapping' ? '{' : '['}, so it is no key.`,
        'Put it in quotes.',
      )
    }
  }
}

function constructScalar(node: ScalarNode): void {
  const found = scalarValue(node.tag, node.text)
  if (found) {
    Object.assign(node, found)
    return
  }
  const text = node.text.length > 30 ? `${node.text.slice(0, 30)}…` : node.text
  const meant: Record<string, string> = {
    [mergeTag]: `${text} merges another mapping, as a key.`,
    [valueTag]: 'A single = is no value that can be read.',
    [`${standard}timestamp`]: `${text} looks like a date, and there is no such day or time.`,
  }
  const message = meant[node.tag] ?? `The tag ${node.tag} does not fit the text “${text}”.`
  throw new YamlFault(node.start, message, `Put the text in quotes: "${text.replaceAll('"', '\\"')}".`)
}

function requireTag(node: Exclude<YamlNode, ScalarNode>): void {
  if (!collectionTags[node.kind].has(node.tag)) {
    throw new YamlFault(node.start, `The tag ${node.tag} does not fit what follows it.`, 'Take the tag (!…) away.')
  }
  if (node.kind !== 'sequence' || node.tag === `${standard}seq`) return
  const bad = node.items.find(item => item.kind !== 'mapping' || item.pairs.length !== 1)
  if (bad) throw new YamlFault(bad.start, `${node.tag} is a list of single pairs.`, 'Take the tag (!…) away.')
  node.items = node.items.map(item => ({
    ...{ kind: 'scalar', type: 'pair', text: '', value: String(item.start.offset), plain: false },
    ...{ start: item.start, end: item.end, tag: item.tag, identity: -1 - item.start.offset },
  }))
}

interface Merging {
  mergeKeys: Set<YamlNode>
  /** Mappings whose entries are there, or being filled further up. */
  begun: Set<MappingNode>
  /** Merged so far. */
  pairs: number
}

function fillEntries(node: MappingNode, merging: Merging): void {
  if (merging.begun.has(node)) return
  merging.begun.add(node)
  const { mergeKeys } = merging
  const isMerge = ({ key }: Pair) => mergeKeys.has(key)
  const own = node.pairs.filter(pair => !isMerge(pair))
  const put = (pair: Pair) => {
    node.entries.set(keyOf(pair.key as ScalarNode), pair)
  }
  // Own pairs first, so that a mapping which merges itself finds them.
  for (const pair of own) put(pair)
  const merged = node.pairs.filter(isMerge).flatMap(({ value }) => mergedMappings(value))
  for (const mapping of merged) {
    fillEntries(mapping, merging)
    merging.pairs += mapping.entries.size
    if (merging.pairs > mostMergedPairs) {
      throw new YamlFault(
        node.start,
        `The merges (<<) up to here add up to over ${mostMergedPairs} keys.`,
        'Merge less.',
      )
    }
    for (const pair of [...mapping.entries.values()]) put(pair)
  }
  if (merged.length > 0) for (const pair of own) put(pair)
}

/** In the order in which they apply: of a list, the first wins. */
function mergedMappings(value: YamlNode): MappingNode[] {
  const all = value.kind === 'sequence' ? value.items.toReversed() : [value]
  const bad = all.find(one => one.kind !== 'mapping')
  if (!bad) return all as MappingNode[]
  throw new YamlFault(
    bad.start,
    'What << merges must be a mapping, or a list of mappings.',
    'Put << in quotes if it is meant as text.',
  )
}

function identify(ended: YamlNode[]): void {
  const identities = new Map<string, number>()
  for (const [index, node] of ended.entries()) {
    const content = contentOf(node)
    // What holds itself is equal to nothing else.
    node.identity = content === undefined ? -1 - index : (identities.get(content) ?? identities.size + 1)
    if (content !== undefined) identities.set(content, node.identity)
  }
}

function contentOf(node: YamlNode): string | undefined {
  if (node.kind === 'scalar') return node.type === 'boolean' ? `boolean ${node.value}` : keyOf(node)
  const parts =
    node.kind === 'sequence'
      ? node.items.map(item => item.identity)
      : [...node.entries].map(([, { key, value }]) => (value.identity === 0 ? 0 : `${key.identity}:${value.identity}`))
  if (parts.includes(0)) return undefined
  return `${node.kind} ${(node.kind === 'sequence' ? parts : parts.sort()).join(' ')}`
}
