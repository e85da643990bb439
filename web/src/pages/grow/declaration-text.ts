/** A declaration of tables as the text a person writes: what it says, and where in it something is wrong. */
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, stringify } from 'yaml'
import type { RecipeProblemAt } from '../../../../src/model/api/grow.ts'
import { isMapping } from '../../form/json-schema.ts'

type Params = Record<string, unknown>

export interface DeclarationText {
  /** What it says; empty where there is nothing, undefined where it cannot be read. */
  params: Params | undefined
  /** Why it cannot be read. */
  faults: RecipeProblemAt[]
  /** The problem at the place that its path leads to, such as `columns.age.mean`; at the beginning where it leads nowhere. */
  placed(problem: { path: string; message: string }): RecipeProblemAt
}

const mostAliases = 100

export function readDeclarationText(text: string): DeclarationText {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line: Math.max(1, line), column: Math.max(1, col) }
  }
  const unreadable = (faults: RecipeProblemAt[]): DeclarationText => ({
    params: undefined,
    faults,
    placed: ({ message }) => ({ path: [], message }),
  })
  const faults = [...document.errors, ...document.warnings]
  if (faults.length > 0) {
    return unreadable(faults.map(({ pos, message }) => ({ path: [], message: inSentence(message), ...at(pos[0]) })))
  }
  let written: unknown
  try {
    // As JSON holds it, which is how it is sent.
    written = JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: mostAliases }) ?? {}))
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error
    return unreadable([{ path: [], message: inSentence(error.message), line: 1, column: 1 }])
  }
  if (!isMapping(written)) {
    const message = 'a declaration is members with their values, such as rows: 1000 and columns: …'
    return unreadable([{ path: [], message, line: 1, column: 1 }])
  }
  return {
    params: written,
    faults: [],
    placed: ({ path, message }) => ({ path: [], message, ...at(offsetOf(document.contents, path)) }),
  }
}

export function declarationTextOf(params: Params): string {
  return Object.keys(params).length === 0 ? '' : stringify(params, { lineWidth: 100 })
}

/** A message that begins with its place, `columns.age: …`, as a problem. */
export function problemIn(message: string): { path: string; message: string } {
  const end = message.indexOf(': ')
  return { path: end < 0 ? '' : message.slice(0, end), message }
}

/** Names may hold dots themselves: the longest that fits is meant. */
function offsetOf(node: unknown, path: string, otherwise = 0): number {
  if (path === '') return otherwise
  const [next] = membersOf(node)
    .flatMap(({ name, value, start }) => {
      const rest = below(path, name)
      return rest === undefined ? [] : [{ name, value, start, rest }]
    })
    .sort((a, b) => b.name.length - a.name.length)
  return next ? offsetOf(next.value, next.rest, next.start) : otherwise
}

/** Members of a mapping, items of a list; none of an alias, whose problems stand at it. */
function membersOf(node: unknown): { name: string; value: unknown; start: number }[] {
  if (isSeq(node)) return node.items.map((item, at) => ({ name: String(at), value: item, start: startOf(item) }))
  if (!isMap(node)) return []
  return node.items.map(({ key, value }) => ({
    name: String(isScalar(key) ? key.value : key),
    value,
    start: startOf(key),
  }))
}

/** What is left of a path below a member; undefined where it leads elsewhere. */
function below(path: string, name: string): string | undefined {
  if (path === name) return ''
  return path.startsWith(`${name}.`) ? path.slice(name.length + 1) : undefined
}

function startOf(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? 0
}

function inSentence(message: string): string {
  const [first = ''] = message.split('\n')
  return `${first.charAt(0).toLowerCase()}${first.slice(1)}`
}
