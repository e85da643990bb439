/** Puts a value into YAML that a person wrote, so that comments, order and style stay wherever nothing changed. */
import { type Document, isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml'
import { canonicalJson } from '../model/json.ts'

/** The text with the value in it; undefined where the text cannot be read as one YAML mapping. */
export function mergeYaml(text: string, value: Record<string, unknown>): string | undefined {
  const document = parseDocument(text)
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined
  document.contents = merged(document, document.contents, value) as typeof document.contents
  return document.toString({ lineWidth: 100, flowCollectionPadding: !/[[{]\S/.test(text) })
}

function merged(document: Document, node: Node | null, value: unknown): Node {
  if (node && sameValue(document, node, value)) return node
  if (isMap(node) && isPlainObject(value)) {
    for (const { key } of [...node.items]) if (!Object.hasOwn(value, String(plainKey(key)))) node.delete(key)
    for (const [name, member] of Object.entries(value)) {
      const pair = node.items.find(({ key }) => String(plainKey(key)) === name)
      if (pair) pair.value = merged(document, pair.value as Node | null, member)
      else node.add(document.createPair(name, member))
    }
    return node
  }
  if (isSeq(node) && Array.isArray(value)) {
    const before = node.items as (Node | null)[]
    node.items = value.map((item, at) => merged(document, before[at] ?? null, item))
    return node
  }
  const fresh = document.createNode(value)
  if (isScalar(node) && isScalar(fresh)) {
    node.value = fresh.value
    return node
  }
  return fresh
}

function sameValue(document: Document, node: Node, value: unknown): boolean {
  return canonicalJson(node.toJS(document) as never) === canonicalJson(value as never)
}

function plainKey(key: unknown): unknown {
  return isScalar(key) ? key.value : key
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
