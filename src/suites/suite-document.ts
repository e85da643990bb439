/** The YAML or JSON of a suite as a value that knows at which line and column each of its members stands. */
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { CultivarError } from '../model/error.ts'

const longestSuite = 8 * 2 ** 20
const mostProblemsShown = 12

/** Where something is wrong: members and list items on the way there, and whether the last member’s name is meant. */
export interface Fault {
  path: (string | number)[]
  atKey?: boolean
  /** What is wrong and, in brackets, what was expected. */
  text: string
}

export interface SuiteDocument {
  /** As JSON would hold it. */
  value: unknown
  /** All faults in one error, in order of place. */
  refuse(faults: Fault[]): CultivarError
}

/** @throws CultivarError `bad-input` for a text that is no YAML. */
export function readSuiteDocument(text: string, path: string): SuiteDocument {
  const alone = (problem: string) => badSuite([`${path}:1:1: ${problem}`])
  if (/[\0\u0001-\u0008]/.test(text.slice(0, 65_536))) throw alone('this is not a text file (expected YAML or JSON)')
  if (text.length > longestSuite)
    throw alone(`the file has ${text.length} characters (expected at most ${longestSuite})`)
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, merge: true })
  const placed = (offset: number, problem: string) => {
    const { line, col } = lines.linePos(offset)
    return `${path}:${line}:${col}: ${problem}`
  }
  if (document.errors.length > 0) {
    throw badSuite(document.errors.map(({ pos, message }) => placed(pos[0], `${message} (expected YAML or JSON)`)))
  }
  return {
    value: plainValue(document, alone),
    refuse: faults => {
      const found = faults.map(fault => ({ offset: offsetOf(document, fault), text: fault.text }))
      found.sort((a, b) => a.offset - b.offset)
      const problems = found.map(({ offset, text: problem }) => placed(offset, problem))
      return badSuite(
        problems,
        faults.map(({ path, text: problem }) => ({ path, text: problem })),
      )
    },
  }
}

function plainValue(document: Document, alone: (problem: string) => CultivarError): unknown {
  try {
    return JSON.parse(JSON.stringify(document.toJS({ maxAliasCount: 100 }) ?? null))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0] : String(cause)
    throw alone(`the aliases (*name) cannot be resolved: ${reason} (expected few, each after its anchor &name)`)
  }
}

/** `faults` say where in the file’s members, for whoever has no lines. */
function badSuite(problems: string[], faults: Pick<Fault, 'path' | 'text'>[] = []): CultivarError {
  const shown = problems.slice(0, mostProblemsShown)
  if (shown.length < problems.length) shown.push(`… and ${problems.length - shown.length} more`)
  return new CultivarError(
    'bad-input',
    shown.join('\n'),
    'Correct the suite. “cultivar suites tests” lists every test with its parameters.',
    { problems, faults },
  )
}

/** Where a fault stands: at its member’s name, at its value, or at the nearest place around what is missing. */
function offsetOf(document: Document, { path, atKey }: Fault): number {
  let node: unknown = document.contents
  let offset = startOf(node, 0)
  for (const [depth, step] of path.entries()) {
    const inner = isAlias(node) ? node.resolve(document) : node
    if (isMap(inner)) {
      const pair = inner.items.find(({ key }) => String(isScalar(key) ? key.value : key) === String(step))
      if (!pair) return offset
      node = pair.value
      const name = startOf(pair.key, offset)
      const empty = !node || (isScalar(node) && node.value === null)
      offset = (atKey && depth === path.length - 1) || empty ? name : startOf(node, name)
    } else if (isSeq(inner)) {
      node = inner.items[Number(step)]
      if (!node) return offset
      offset = startOf(node, offset)
    } else return offset
  }
  return offset
}

function startOf(node: unknown, otherwise: number): number {
  return (node as Node | null | undefined)?.range?.[0] ?? otherwise
}

export function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
