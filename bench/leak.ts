/** The critic `leak` by itself: as many records against as many held-out texts. */
import { leak } from '../src/critics/leak.ts'
import { randomStream } from '../src/stats/random-stream.ts'
import { saying } from '../src/testing/saying.ts'
import { type Benchmark, costOf, type Figure, peakMemory } from './benchmark.ts'
import { project } from './grow-in-folder.ts'

export const leaks: Benchmark = quick => {
  const size = quick ? 10_000 : 100_000
  const name = `${size.toLocaleString('en-US')} against as many`
  return [{ name, run: () => findLeaks(size, quick ? {} : { cpuS: 10 }) }]
}

/** One record in ten is a held-out text with a word replaced, put in or left out. */
async function findLeaks(size: number, limits: { cpuS?: number }): Promise<Figure[]> {
  const random = randomStream('leak')
  const heldOut = Array.from({ length: size }, () => saying(random))
  const isPlanted = (i: number) => i % 10 === 9
  const records = heldOut.map((_, i) => {
    if (!isPlanted(i)) return saying(random)
    const words = random.pick(heldOut).split(' ')
    const [left, put] = random.pick([['a word'], ['a word', 'really'], [undefined, 'really']] as const)
    words.splice(random.int(words.length), left ? 1 : 0, ...(put ? [put] : []))
    return words.join(' ')
  })
  let found = 0
  let others = 0
  const opened = await timed(() => open(heldOut))
  const judged = await costOf(() => {
    for (const [i, text] of records.entries()) {
      if (opened.value.judge({ fields: { text }, labels: [], spans: [], cell: 'all', index: 0, verdicts: [] }).pass)
        continue
      if (isPlanted(i)) found++
      else others++
    }
  })
  const cpuS = (opened.cpuMs + judged.cpuMs) / 1000
  return [
    { name: 'reading and indexing', value: opened.cpuMs / 1000, unit: 'CPU s' },
    { name: 'judging', value: judged.cpuMs / 1000, unit: 'CPU s' },
    {
      name: 'in all',
      value: cpuS,
      unit: 'CPU s',
      ...(limits.cpuS === undefined ? {} : { limit: { atMost: limits.cpuS } }),
    },
    { name: 'found of those planted', value: found / Math.floor(size / 10), unit: '', limit: { atLeast: 1 } },
    { name: 'others taken for leaks', value: others, unit: '' },
    peakMemory(),
  ]
}

async function open(heldOut: string[]) {
  if (leak.phase !== 'pure') throw new Error('The critic “leak” judges by the candidate alone.')
  const about = { params: leak.params.parse({ against: 'test.txt' }), project, cells: ['all'] }
  const material = await leak.plan!({
    ...{ ...about, random: randomStream('plan'), readText: async () => heldOut.join('\n') },
    async *records() {
      yield* []
    },
  })
  // As the run's snapshot gives it back.
  return leak.open({ ...about, material: JSON.parse(JSON.stringify(material)) })
}

async function timed<T>(work: () => Promise<T>): Promise<{ value: T; cpuMs: number }> {
  let value: T | undefined
  const { cpuMs } = await costOf(async () => {
    value = await work()
  })
  return { value: value as T, cpuMs }
}
