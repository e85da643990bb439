/** Runs a benchmark case by case and prints its figures: `npm run bench -- pipeline [--quick] [--write] [--only TEXT]`. */
import { fork, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Benchmark, Case, Figure } from './benchmark.ts'
import { benchmarks } from './benchmarks.ts'
import { figureLine } from './figure-line.ts'

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean' }, write: { type: 'boolean' }, only: { type: 'string' } },
})
const [name = ''] = positionals
const benchmark: Benchmark | undefined = benchmarks[name]

if (!benchmark) {
  console.error(`Name a benchmark: ${Object.keys(benchmarks).join(', ')}.`)
  process.exitCode = 2
} else {
  const quick = options.quick ?? false
  const facts = { benchmark: name, quick, startedAt: new Date().toISOString(), ...codeFacts(), ...machineFacts() }
  console.log(JSON.stringify(facts, null, 2))
  const results: Record<string, Figure[]> = {}
  for (const { name: caseName, repeats } of benchmark(quick)) {
    if (!caseName.includes(options.only ?? '')) continue
    const figures = await medianOf(caseName, repeats)
    results[caseName] = figures
    console.log(`\n${caseName}`)
    for (const figure of figures) console.log(figureLine(figure))
  }
  if (options.write) {
    const file = join(import.meta.dirname, 'results', `${name}-${facts.startedAt.slice(0, 10)}.json`)
    const rest = { endedAt: new Date().toISOString(), loadAfter: loadavg(), results }
    writeFileSync(file, `${JSON.stringify({ ...facts, ...rest }, null, 2)}\n`)
    console.log(`\nWritten to ${file}`)
  }
}

async function medianOf(caseName: string, repeats: Case['repeats'] = 1): Promise<Figure[]> {
  const runs: Figure[][] = []
  for (let i = 0; i < repeats; i++) runs.push(await inOwnProcess(caseName))
  return runs[0]!.map((figure, at) => {
    const sorted = runs.map(figures => figures[at]!.value).toSorted((a, b) => a - b)
    return { ...figure, value: sorted[Math.floor(sorted.length / 2)]! }
  })
}

/** So that neither memory nor compiled code is left over from the case before. */
function inOwnProcess(caseName: string): Promise<Figure[]> {
  const child = fork(join(import.meta.dirname, 'one-case.ts'), [name, caseName, ...(options.quick ? ['quick'] : [])])
  return new Promise((resolve, reject) => {
    let figures: Figure[] | undefined
    child.on('message', message => {
      figures = message as Figure[]
    })
    child.on('exit', code => {
      if (figures) resolve(figures)
      else reject(new Error(`The case “${caseName}” ended with exit code ${code}.`))
    })
  })
}

/** `modified`: the files differ from the commit. */
function codeFacts() {
  const git = (...args: string[]) =>
    spawnSync('git', args, { cwd: import.meta.dirname, encoding: 'utf8' }).stdout?.trim()
  return { commit: git('rev-parse', 'HEAD') || null, modified: git('status', '--porcelain') !== '' }
}

function machineFacts() {
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    // Others' work on the machine slows every figure but the ratios taken in one run.
    load: loadavg(),
  }
}
