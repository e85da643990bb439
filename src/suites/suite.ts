/** Suites: the tests put to a model, as files that LangTest reads too. */
import { stringify } from 'yaml'
import type { Json } from '../model/json.ts'
import { nearestName } from '../text/nearest-name.ts'
import { type Fault, isMapping, readSuiteDocument } from './suite-document.ts'
import { readEntries } from './suite-entries.ts'
import type { Category } from './suite-tests.ts'

/** What counts as right: what the model says of the original text, as LangTest has it, or what the data say. */
export type Expected = 'prediction' | 'gold'

/** A test as a file asks for it. Members are absent where the file does not have them. */
export interface SuiteEntry {
  category: Category
  kind: string
  /** 0 to 1. */
  minPassRate?: number
  /** 0 to 1; for a chain, of each of its tests. */
  prob?: number
  /** As written; of a chain by the test they belong to. What a measured test takes has them beside `min_pass_rate` in the file. */
  parameters?: Record<string, Json>
  /** Of `multiple_perturbations`: the names of the tests in each chain. */
  chains?: string[][]
}

export interface Suite {
  name?: string
  expected?: Expected
  seed?: number
  /** Most texts a test. */
  count?: number
  /** Of tests that say nothing themselves. */
  minPassRate?: number
  tests: SuiteEntry[]
  /** What the file says of other things than these tests, by key; written back as it was. */
  other: Record<string, Json>
  /** What of the file has no effect here, and why. */
  notes: string[]
}

/** What of a suite’s own members a file may have, in the order they are written in. */
const ownKeys = ['name', 'expected', 'seed', 'count', 'tests']

/**
 * Reads LangTest’s configuration files as they are, and our own keys beside theirs: `name`, `expected`, `seed`, `count`.
 * `path` is what messages call the file.
 *
 * @throws CultivarError `bad-input`, whose message lists each problem as `path:line:column: what is wrong (what was expected)`.
 */
export function readSuite(text: string, path: string): Suite {
  const document = readSuiteDocument(text, path)
  const { value } = document
  if (!isMapping(value))
    throw document.refuse([{ path: [], text: 'this is no suite (expected a mapping with “tests”)' }])
  const faults: Fault[] = []
  const read = readEntries(value['tests'], faults)
  const own = readOwnMembers(value, faults)
  const other = Object.fromEntries(Object.entries(value).filter(([key]) => !ownKeys.includes(key)))
  for (const key of Object.keys(other)) {
    const nearest = nearestName(key, ownKeys)
    if (nearest !== undefined)
      faults.push({ path: [key], atKey: true, text: `unknown member “${key}” (did you mean “${nearest}”?)` })
  }
  if (faults.length > 0) throw document.refuse(faults)
  const { minPassRate, tests, otherOfTests } = read
  return {
    ...own,
    ...(minPassRate !== undefined && { minPassRate }),
    tests,
    other: { ...other, ...(Object.keys(otherOfTests).length > 0 && { tests: otherOfTests }) } as Record<string, Json>,
    notes: [
      ...Object.keys(other).map(key => `“${key}” is not about these tests: it is kept in the file and not used.`),
      ...read.notes,
    ],
  }
}

function readOwnMembers(
  value: Record<string, unknown>,
  faults: Fault[],
): Pick<Suite, 'name' | 'expected' | 'seed' | 'count'> {
  const { name, expected, seed, count } = value
  const check = (key: string, fits: boolean, wanted: string) => {
    if (value[key] !== undefined && !fits) faults.push({ path: [key], text: `${key} is wrong (expected ${wanted})` })
  }
  check('name', typeof name === 'string' && name.trim() !== '', 'a text')
  check('expected', expected === 'prediction' || expected === 'gold', 'prediction or gold')
  check('seed', isWhole(seed, 0), 'a whole number from 0')
  check('count', isWhole(count, 1), 'a whole number from 1: the most texts a test')
  return Object.fromEntries(
    Object.entries({ name, expected, seed, count }).filter(([, member]) => member !== undefined),
  )
}

function isWhole(value: unknown, least: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= least
}

/** YAML that reads back to the same suite, and that LangTest reads. */
export function suiteText(suite: Suite): string {
  const { tests: otherOfTests, ...other } = suite.other
  const { name, expected, seed, count } = suite
  const { defaults, ...otherCategories } = (otherOfTests ?? {}) as Record<string, Json>
  const allDefaults = {
    ...(suite.minPassRate !== undefined && { min_pass_rate: suite.minPassRate }),
    ...(defaults as Record<string, Json> | undefined),
  }
  const byCategory: Record<string, Record<string, unknown>> = {}
  for (const entry of suite.tests) {
    byCategory[entry.category] ??= {}
    byCategory[entry.category]![entry.kind] = writtenEntry(entry)
  }
  const tests = {
    ...(Object.keys(allDefaults).length > 0 && { defaults: allDefaults }),
    ...byCategory,
    ...otherCategories,
  }
  return stringify({ name, expected, seed, count, ...other, tests }, { lineWidth: 0, nullStr: '' })
}

function writtenEntry({ category, minPassRate, prob, parameters = {}, chains = [] }: SuiteEntry): unknown {
  const changes = category === 'robustness' || category === 'bias'
  const written = {
    ...(minPassRate !== undefined && { min_pass_rate: minPassRate }),
    ...(prob !== undefined && { prob }),
    ...(!changes ? parameters : Object.keys(parameters).length > 0 && { parameters }),
    ...Object.fromEntries(chains.map((chain, at) => [`perturbations${at + 1}`, chain])),
  }
  return Object.keys(written).length > 0 ? written : null
}
