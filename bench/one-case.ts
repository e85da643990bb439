/** One case in this process: `node [--cpu-prof] bench/one-case.ts BENCHMARK CASE [quick]`. */
import { benchmarks } from './benchmarks.ts'
import { figureLine } from './figure-line.ts'

const [benchmark = '', name, size] = process.argv.slice(2)
const chosen = benchmarks[benchmark]?.(size === 'quick').find(other => other.name === name)
if (!chosen) throw new Error(`Benchmark “${benchmark}” has no case “${name}”.`)
const figures = await chosen.run()
if (process.send) process.send(figures, () => process.exit())
else {
  for (const figure of figures) console.log(figureLine(figure))
  process.exit()
}
