/** The generator `augment`: training records changed as the tests of a suite change them, labels and entities kept. */

import { z } from 'zod'
import { defineGenerator, type Plan, type PlanContext, type Proposal } from '../engine/define.ts'
import { CultivarError } from '../model/error.ts'
import type { Example, Task } from '../model/example.ts'
import { ownTags } from '../model/record.ts'
import { type Perturbed, perturbExample } from '../perturbations/perturb-example.ts'
import type { Perturb } from '../perturbations/perturbation.ts'
import { type RandomStream, randomStream } from '../stats/random-stream.ts'
import { readSources, type Source } from './augment/read-sources.ts'

const test = z.strictObject({
  perturbations: z
    .union([z.string(), z.array(z.string()).min(1)])
    .transform(given => [given].flat())
    .describe('A perturbation, or several that are applied one after the other'),
  parameters: z
    .record(z.string(), z.json())
    .default({})
    .describe('Parameters of the perturbation; of several, by their names'),
  prob: z.number().min(0).max(1).default(1).describe('Share of the words, matches or texts that are changed'),
  proportion: z
    .number()
    .positive()
    .max(1)
    .default(0.1)
    .describe('Records to make of it, as a share of the records that there are: 0.3 makes 30 of 100'),
})

const params = z
  .strictObject({
    tests: z
      .array(test)
      .min(1, 'give at least one test')
      .describe('What is done to the texts, and to how many of them'),
    text: z.string().min(1).default('text').describe('Field that holds the text'),
    split: z
      .enum(['train', 'validation', 'test', 'any'])
      .default('train')
      .describe('Records of which split are changed; any: whatever `leaveOut` does not name'),
    leaveOut: z
      .string()
      .min(1)
      .optional()
      .describe(
        'File beside the recipe with the ids of records that are not to be changed, one a line: those to be tested on',
      ),
  })
  .superRefine(({ tests }, context) => {
    const names = tests.map(cellOf)
    const twice = names.find((name, at) => names.indexOf(name) !== at)
    if (twice !== undefined) {
      context.addIssue({
        code: 'custom',
        path: ['tests'],
        message: `“${twice}” is there twice: give it one proportion`,
      })
    }
  })
export type AugmentParams = z.infer<typeof params>

/** Frozen with the run: the records, and for each test which of them it changes, in the order they are taken. */
export type AugmentMaterial = {
  /** What the texts are drawn into: streams forked by test and record. */
  stream: string
  sources: Source[]
  places: Record<string, number[]>
  /** Cells whose records may have another label than their sources. */
  toCheck: string[]
}

const perUnit = 50

export const augment = defineGenerator<AugmentParams>({
  kind: 'augment',
  summary: 'Changes training records as robustness and bias tests do: case, typos, context, names …; no model needed',
  params,
  // A copy in capitals is a duplicate by any sense of likeness, and what was real before must not be mended.
  critics: () => [
    { kind: 'unique', exact: true, fold: false },
    { kind: 'privacy', enabled: false },
  ],
  plan,

  async propose({ params, material, project, cell, cellOrdinal, asks }): Promise<Proposal[]> {
    const { sources, places, stream, toCheck } = material as AugmentMaterial
    const test = params.tests.find(test => cellOf(test) === cell)!
    const task = taskOf(project.kind)
    const opened = await openedChain(test, sources, task, params.text)
    const mine = places[cell]!.slice(cellOrdinal * perUnit, (cellOrdinal + 1) * perUnit).slice(0, asks)
    return mine.map((place, index) => {
      const source = sources[place]!
      const { text, entities, steps } = perturbed(source, opened, streamOf(stream, cell, source), params.text)
      const others = source.spans.filter(({ field }) => field !== params.text)
      return {
        fields: { ...source.fields, [params.text]: text },
        labels: source.labels,
        spans: [...entities.map(entity => ({ field: params.text, ...entity })), ...others],
        seeds: [source.id],
        steps: steps.map(({ kind, edits }) => ({ kind, field: params.text, edits })),
        tags: toCheck.includes(cell) ? [ownTags.augmented, ownTags.toCheck] : [ownTags.augmented],
        index,
      }
    })
  },
})

async function plan({ params, project, random, records, readText }: PlanContext<AugmentParams>): Promise<Plan> {
  const leftOut = params.leaveOut === undefined ? [] : (await readText(params.leaveOut)).split(/\s+/)
  const { sources, texts } = await readSources(records(), params, new Set(leftOut))
  const task = taskOf(project.kind)
  const stream = `augment ${random.uint32()}`
  const { findPerturbation } = await perturbing()
  const places: Record<string, number[]> = {}
  const targets: Record<string, number> = {}
  const notes: string[] = []
  for (const test of params.tests) {
    const cell = cellOf(test)
    const opened = await openedChain(test, sources, task, params.text)
    // Without replacement: every record is taken once, and those that the test leaves as they are, never.
    const order = randomStream(`${stream}/order ${cell}`).shuffle(sources.map((_, place) => place))
    const changed = order.filter(place => {
      const source = sources[place]!
      const { text, steps } = perturbed(source, opened, streamOf(stream, cell, source), params.text)
      if (steps.length === 0 || texts.has(text)) return false
      texts.add(text)
      return true
    })
    const requested = Math.max(1, Math.round(test.proportion * sources.length))
    places[cell] = changed
    targets[cell] = Math.min(requested, changed.length)
    if (changed.length < requested) {
      notes.push(`${cell}: ${requested} requested, ${changed.length} possible: of other records it makes nothing new.`)
    }
  }
  const total = Object.values(targets).reduce((sum, count) => sum + count, 0)
  if (total === 0) throw nothingToChange(params, sources.length)
  notes.unshift(`${total} records are to be made of ${sources.length}.`)
  const mayChange = (test: AugmentParams['tests'][number]) =>
    test.perturbations.some(kind => findPerturbation(kind).mayChangeLabel)
  const material: AugmentMaterial = { stream, sources, places, toCheck: params.tests.filter(mayChange).map(cellOf) }
  return { cells: Object.keys(places), material, perUnit, targets, notes }
}

function cellOf({ perturbations }: AugmentParams['tests'][number]): string {
  return perturbations.join('-')
}

function taskOf(kind: string): Task {
  return kind === 'entities' ? 'entities' : 'classification'
}

function streamOf(stream: string, cell: string, { id }: Source): RandomStream {
  return randomStream(`${stream}/${cell}/${id}`)
}

/** Loaded when there is something to change: perturbations and their word lists are many, and most commands need none. */
const perturbing = () => import('../perturbations/find-perturbation.ts')

type Chain = { kind: string; perturb: Perturb }[]
const openedChains = new WeakMap<AugmentParams['tests'][number], WeakMap<Source[], Chain>>()

/** Units of a run share tests and sources, so that each chain is opened once. */
async function openedChain(
  test: AugmentParams['tests'][number],
  sources: Source[],
  task: Task,
  field: string,
): Promise<Chain> {
  const known = openedChains.get(test)?.get(sources)
  if (known) return known
  const { openChain } = await perturbing()
  const examples = sources.map(source => exampleOf(source, field))
  const chain = openChain(test.perturbations, { parameters: test.parameters, prob: test.prob, task, examples })
  if (!openedChains.has(test)) openedChains.set(test, new WeakMap())
  openedChains.get(test)!.set(sources, chain)
  return chain
}

function perturbed(source: Source, chain: Chain, random: RandomStream, field: string): Perturbed {
  return perturbExample(exampleOf(source, field), chain, random)
}

function exampleOf({ fields, spans }: Source, field: string): Pick<Example, 'text' | 'entities'> {
  const own = spans.filter(span => span.field === field).map(({ start, end, label }) => ({ start, end, label }))
  return { text: fields[field] as string, entities: own.sort((a, b) => a.start - b.start) }
}

function nothingToChange({ tests, split }: AugmentParams, sources: number): CultivarError {
  return sources === 0
    ? new CultivarError(
        'bad-recipe',
        `There are no records of the split ${split} to change.`,
        'Import some: cultivar records import FILE. Rejected ones, and those that were made this way before, are left out.',
      )
    : new CultivarError(
        'bad-recipe',
        `${tests.map(cellOf).join(', ')}: of none of the ${sources} records it makes a text that is not there yet.`,
        'Name other tests, or a higher prob: “cultivar suites tests” says what each does.',
        { possible: 0 },
      )
}
