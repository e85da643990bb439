/** Checks a suite that was not read from a file by the same rules, and says what is wrong in terms of its own members. */
import { CultivarError } from '../../model/error.ts'
import { readSuite, type Suite, suiteText } from '../../suites/suite.ts'

interface Fault {
  path: (string | number)[]
  text: string
}

/** @throws CultivarError `bad-input`, whose `details.errors` are `{ path, message }` with paths as `tests.3.prob`. */
export function checkedSuite(suite: Suite): Suite {
  const { tests } = suite
  const twice = tests.findIndex((test, at) => tests.findIndex(({ kind }) => kind === test.kind) < at)
  if (twice >= 0)
    throw refused([
      { path: `tests.${twice}.kind`, message: `${tests[twice]!.kind} stands there twice (expected once)` },
    ])
  try {
    return readSuite(suiteText(suite), 'suite')
  } catch (error) {
    if (!(error instanceof CultivarError)) throw error
    const faults = error.details['faults'] as Fault[] | undefined
    if (!faults || faults.length === 0) throw error
    throw refused(faults.map(({ path, text }) => ({ path: memberOf(suite, path), message: text })))
  }
}

/** From the members of the file to those of the suite. */
function memberOf({ tests }: Suite, [first, category, kind, ...rest]: Fault['path']): string {
  if (first !== 'tests' || category === undefined) return String(first ?? '')
  if (category === 'defaults') return 'minPassRate'
  const at = tests.findIndex(test => test.category === category && test.kind === kind)
  if (at < 0) return 'tests'
  return ['tests', at, ...ownMember(category, rest)].join('.')
}

function ownMember(category: string | number, [member, ...rest]: Fault['path']): (string | number)[] {
  if (member === undefined) return []
  if (member === 'min_pass_rate') return ['minPassRate']
  if (member === 'prob' || member === 'parameters') return [member, ...rest]
  const chain = /^perturbations(\d+)$/.exec(String(member))
  if (chain) return ['chains', Number(chain[1]) - 1, ...rest]
  return category === 'robustness' || category === 'bias' ? [member, ...rest] : ['parameters', member, ...rest]
}

function refused(errors: { path: string; message: string }[]): CultivarError {
  return new CultivarError(
    'bad-input',
    errors.map(({ message }) => message).join('; '),
    'Change what is named and save again.',
    { errors },
  )
}
