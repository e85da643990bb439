/** Breaks the engine on purpose, one line at a time, and sees that the simulated histories, or the tests named, notice. A sabotage that goes unseen fails. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

interface Sabotage {
  what: string
  file: string
  find: string
  replace: string
  /** The tests that must notice; default: the simulated histories. */
  tests?: string
}

const histories = 'test/simulation/*.test.ts'
const stages = 'src/engine/stages.test.ts'

const sabotages: Sabotage[] = [
  {
    what: 'drop the fence',
    file: 'src/stores/run-lifecycle.ts',
    find: 'if (!held) throw takenOver(lease.run)',
    replace: 'if (!held) return',
  },
  {
    what: 'select in the order of completion',
    file: 'src/engine/round-book.ts',
    find: 'if (unit.ordinal >= this.#cursor) this.#decided.set(unit.ordinal, outcome)',
    replace: 'if (unit.ordinal >= this.#cursor) this.#decided.set(this.#cursor + this.#decided.size, outcome)',
  },
  {
    what: 'use a reply before its commit returned',
    file: 'src/engine/ledger.ts',
    find: 'const reply = await this.#settle(settlement)',
    replace: 'const reply = void this.#settle(settlement)',
  },
  {
    what: 'send before the reservation is durable',
    file: 'src/engine/call-model.ts',
    find: 'const found = await ledger.open(',
    replace: 'const found = void ledger.open(',
  },
  {
    what: 'count a surplus candidate as kept',
    file: 'src/engine/selector.ts',
    find: 'tally.surplus++',
    replace: 'tally.kept++',
  },
  {
    what: 'look for duplicates only while proposing',
    file: 'src/engine/selector.ts',
    find: 'const verdict = known.judge(candidate, Number.POSITIVE_INFINITY)',
    replace: 'const verdict = known.judge(candidate, 0)',
  },
  {
    what: 'select on into the next round before planning',
    file: 'src/engine/growth.ts',
    find: '!control.failure && !this.#planDue &&',
    replace: '!control.failure &&',
  },
  {
    what: 'plan from rounds that are still open',
    file: 'src/engine/planner.ts',
    find: 'sumTallies(planning.rounds.filter(round => round.selected))',
    replace: 'sumTallies(planning.rounds)',
  },
  {
    what: 'give attempts that got lost for free',
    file: 'src/stores/run-lifecycle.ts',
    find: 'await moveSpending(connection, run, { reserved: negated(sum), spent: sum })',
    replace: 'await moveSpending(connection, run, { reserved: negated(sum), spent: negated(sum) })',
  },
  {
    what: 'forget what is reserved when looking for room',
    file: 'src/stores/run-ledger.ts',
    find: 'spent[unit] + reserved[unit] + added[unit]',
    replace: 'spent[unit] + added[unit]',
  },
  {
    what: 'reserve again after a lost acknowledgement',
    file: 'src/stores/run-ledger.ts',
    find: "if (open.get(key) === id) return { kind: 'opened' }",
    replace: "if (open.get(key) === id) return addTo(added, worst) ?? { kind: 'opened' }",
  },
  {
    what: 'never look into the ledger',
    file: 'src/stores/run-ledger.ts',
    find: 'if (keys.length === 0) return new Map()',
    replace: 'if (keys.length >= 0) return new Map()',
  },
  {
    what: 'keep one more than the target',
    file: 'src/engine/selector.ts',
    find: 'return (this.#kept[cell] ?? 0) >= (this.#targets[cell] ?? 0)',
    replace: 'return (this.#kept[cell] ?? 0) > (this.#targets[cell] ?? 0)',
  },
  {
    what: 'let a run that goes on see what people edited meanwhile',
    file: 'src/stores/stream-known.ts',
    find: 'return this.#contents.get(row.id) ?? JSON.parse(row.content)',
    replace: 'return JSON.parse(row.content)',
  },
  {
    what: 'end a unit while it still asks',
    file: 'src/engine/gate.ts',
    find: 'while (this.#underWay.size > 0) await Promise.all(this.#underWay)',
    replace: '',
    tests: stages,
  },
  {
    what: 'count the questions of a unit though they have names',
    file: 'src/engine/door.ts',
    find: 'asker.sample(name ?? occurrences++)',
    replace: 'asker.sample(occurrences++)',
    tests: stages,
  },
  {
    what: 'let an edit cut an entity',
    file: 'src/perturbations/perturb-example.ts',
    find: 'edits.filter(edit => !entities.some(entity => cutsSpan(edit, entity)))',
    replace: 'edits',
    tests: 'src/perturbations/perturbations.test.ts',
  },
  {
    what: 'leave entities where they were',
    file: 'src/perturbations/perturb-example.ts',
    find: 'entities = entities.map(entity => moveSpan(entity, edits))\n    text = changed',
    replace: 'text = changed',
    tests: 'src/perturbations/perturbations.test.ts',
  },
  {
    what: 'learn from what was made of a held-out text',
    file: 'src/app/models/divide-examples.ts',
    find: "if (split === 'train' && example.seeds.some(id => heldOut.has(id))) toldOf++",
    replace: 'if (heldOut.size < 0) toldOf++',
    tests: 'src/app/models/divide-examples.test.ts',
  },
]

const root = dirname(import.meta.dirname)
const copy = mkdtempSync(join(tmpdir(), 'cultivar-sabotage-'))
let unseen = 0
try {
  for (const name of ['src', 'test', 'migrations', 'package.json', 'tsconfig.json']) {
    cpSync(join(root, name), join(copy, name), { recursive: true })
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  for (const tests of [histories, stages]) {
    const healthy = run(tests)
    if (!healthy.passed) throw new Error(`${tests} fails without any sabotage:\n${healthy.output}`)
  }
  for (const { what, file, find, replace, tests = histories } of sabotages) {
    const path = join(copy, file)
    const text = readFileSync(path, 'utf8')
    if (text.split(find).length !== 2)
      throw new Error(`“${find}” stands in ${file} ${text.split(find).length - 1} times, not once`)
    writeFileSync(
      path,
      text.replace(find, () => replace),
    )
    const { passed, output } = run(tests)
    writeFileSync(path, text)
    const noticed = /history \d+: [^\n]*|AssertionError: [^\n]*/.exec(output)?.[0] ?? 'failed without a word'
    console.log(passed ? `UNSEEN  ${what}` : `caught  ${what}: ${noticed.slice(0, 160)}`)
    if (passed) unseen++
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}
console.log(`${sabotages.length - unseen} of ${sabotages.length} sabotages caught`)
process.exit(unseen === 0 ? 0 : 1)

function run(tests: string): { passed: boolean; output: string } {
  const config = `export default { test: { include: ${JSON.stringify([tests])} } }\n`
  writeFileSync(join(copy, 'vitest.config.ts'), config)
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const ended = spawnSync(process.execPath, [vitest, 'run', '--testTimeout=95000'], {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, CULTIVAR_SIMULATIONS: '120', NO_COLOR: '1' },
    timeout: 100_000,
    killSignal: 'SIGKILL',
  })
  return { passed: ended.status === 0, output: `${ended.stdout}${ended.stderr}` }
}
