/** Reads the seeds of labels: the training records that stand for them, and the examples that a recipe chose. */
import type { PlanContext } from '../engine/define.ts'
import { CultivarError } from '../model/error.ts'
import type { StoredRecord } from '../model/record.ts'
import { Reservoir } from '../stats/reservoir.ts'
import { nearestName } from '../text/nearest-name.ts'
import { foldText } from '../text/normalize.ts'

/** A text that shows what a label means. `id` is its record, null for a text given in the recipe. */
export type Seed = {
  id: string | null
  text: string
  labels: string[]
}

/** All that planning knows of the project's records. */
export interface SeedStock {
  /** Per label a sample of its training records: what people brought or accepted, and grown records only where that is all there is. */
  byLabel: Map<string, Seed[]>
  /** Per label to grow, what the recipe chose; empty lists if it chose nothing. */
  chosen: Map<string, Seed[]>
  /** Per label that the recipe names texts of other labels for, these texts. */
  unlike: Map<string, Seed[]>
  /** Labels of the project that nothing can be grown from. */
  seedless: string[]
}

/** Records of one label that are looked at; beyond, a uniform sample. */
const mostPerLabel = 2000

/** Which labels to grow from which texts, as the recipe says it. */
interface SeedChoice {
  text: string
  label?: string | string[] | undefined
  examples?: string[] | Record<string, string[]> | undefined
  unlike?: string[] | Record<string, string[]> | undefined
}

/**
 * Reads the training records (and nothing of other splits) and resolves the chosen examples. `takesExamples`: whether a
 * recipe of this generator may give some, as messages then suggest.
 * @throws CultivarError `bad-recipe` for a label nobody knows, a label without seeds, or an example that is no seed.
 */
export async function readSeeds(
  context: Omit<PlanContext<SeedChoice>, 'readText'>,
  { takesExamples }: { takesExamples: boolean },
): Promise<SeedStock> {
  const { params, project, random } = context
  const examplesWay = takesExamples ? 'write them into the recipe as `examples`, ' : ''
  const wanted = { examples: listsByLabel(params, 'examples'), unlike: listsByLabel(params, 'unlike') }
  const names = new Set(Object.values(wanted).flatMap(namesIn))
  const real = new Map<string, Reservoir<Seed>>()
  const grown = new Map<string, Reservoir<Seed>>()
  const named = new Map<string, StoredRecord[]>()
  const known = new Set(project.labels)
  for await (const record of context.records()) {
    const text = record.fields[params.text]
    if (record.status === 'rejected' || typeof text !== 'string' || text.trim() === '') continue
    for (const label of record.labels) known.add(label)
    for (const name of new Set([record.id, foldText(text)])) {
      if (names.has(name)) named.set(name, [...(named.get(name) ?? []), record])
    }
    if (record.split !== 'train') continue
    const samples = isReal(record) ? real : grown
    const seed = { id: record.id, text, labels: record.labels }
    for (const label of record.labels) {
      const sample = samples.get(label) ?? new Reservoir(mostPerLabel, random.fork(`sample ${label}`))
      samples.set(label, sample)
      sample.add(seed)
    }
  }
  const byLabel = new Map<string, Seed[]>()
  for (const label of known) {
    const seeds = real.get(label)?.items ?? grown.get(label)?.items
    if (seeds) byLabel.set(label, seeds)
  }
  const labels = labelsToGrow(params, wanted.examples, byLabel, examplesWay)
  const chosen = new Map<string, Seed[]>()
  for (const label of labels) {
    const texts = wanted.examples.get(label) ?? []
    if (!known.has(label) && (texts.length === 0 || project.labels.length > 0)) throw unknownLabel(label, known)
    chosen.set(
      label,
      texts.map(text => chosenSeed(text, label, named, params.text)),
    )
    if (texts.length === 0 && !byLabel.has(label)) throw withoutSeeds(label, examplesWay)
  }
  const unlike = new Map<string, Seed[]>()
  for (const [label, texts] of wanted.unlike) {
    if (!chosen.has(label)) throw strayExamples(label)
    unlike.set(
      label,
      texts.map(text => unlikeSeed(text, label, named, params.text)),
    )
  }
  return {
    byLabel,
    chosen,
    unlike,
    seedless: project.labels.filter(label => !byLabel.has(label) && !chosen.has(label)),
  }
}

/** What a person brought or accepted. */
export function isReal({ outcome, status }: Pick<StoredRecord, 'outcome' | 'status'>): boolean {
  return outcome === 'imported' || status === 'accepted'
}

/** What a recipe lists of texts, by label. */
function listsByLabel({ label, ...lists }: SeedChoice, member: 'examples' | 'unlike'): Map<string, string[]> {
  const given = lists[member]
  if (!Array.isArray(given)) return new Map(Object.entries(given ?? {}))
  const only = Array.isArray(label) && label.length === 1 ? label[0] : label
  if (typeof only === 'string') return new Map([[only, given]])
  throw new CultivarError(
    'bad-recipe',
    member === 'examples'
      ? 'A list of examples does not say which label they have.'
      : 'The list `unlike` does not say for which label it is.',
    'Name one label in `label`, or give them by label: { LABEL: [record id or text, …] }.',
  )
}

function namesIn(lists: Map<string, string[]>): string[] {
  return [...lists.values()].flat().flatMap(text => [text, foldText(text)])
}

function labelsToGrow(
  params: SeedChoice,
  wanted: Map<string, string[]>,
  byLabel: Map<string, Seed[]>,
  examplesWay: string,
): string[] {
  const named = params.label === undefined ? [...wanted.keys()] : [params.label].flat()
  const stray = [...wanted.keys()].find(label => !named.includes(label))
  if (stray !== undefined) throw strayExamples(stray)
  const labels = named.length > 0 ? [...new Set(named)] : [...byLabel.keys()]
  if (labels.length > 0) return labels
  throw new CultivarError(
    'bad-recipe',
    'The project has no labelled training record to grow from.',
    `Import some with \`cultivar records import FILE\`, ${examplesWay}or use the generator \`prompt\`, which needs none.`,
  )
}

function chosenSeed(example: string, label: string, named: Map<string, StoredRecord[]>, field: string): Seed {
  const records = named.get(example) ?? named.get(foldText(example)) ?? []
  // The same text may stand in several records, of several labels and splits.
  const record = records.find(each => each.split === 'train' && each.labels.includes(label)) ?? records[0]
  if (!record) return { id: null, text: example, labels: [label] }
  requireTraining(record, example)
  if (!record.labels.includes(label)) {
    throw new CultivarError(
      'bad-recipe',
      `The example "${brief(example)}" has the label ${record.labels.join(', ') || '(none)'}, not ${label}.`,
      'Choose another example, or correct the label of this record.',
      { record: record.id },
    )
  }
  return { id: record.id, text: record.fields[field] as string, labels: record.labels }
}

/** A text of another label, that those of `label` are to be set off against. */
function unlikeSeed(example: string, label: string, named: Map<string, StoredRecord[]>, field: string): Seed {
  const records = named.get(example) ?? named.get(foldText(example)) ?? []
  const record = records.find(each => each.split === 'train' && !each.labels.includes(label)) ?? records[0]
  if (!record) return { id: null, text: example, labels: [] }
  requireTraining(record, example)
  if (record.labels.includes(label)) {
    throw new CultivarError(
      'bad-recipe',
      `The text "${brief(example)}" has the label ${label} itself, and \`unlike\` names it as one of others.`,
      'Take it out, correct the label of this record, or name its text in `differentFrom`.',
      { record: record.id },
    )
  }
  return { id: record.id, text: record.fields[field] as string, labels: record.labels }
}

function requireTraining({ id, split }: StoredRecord, example: string): void {
  if (split === 'train') return
  throw new CultivarError(
    'bad-recipe',
    `The example "${brief(example)}" belongs to the ${split} split.`,
    'Choose records of the training split: whatever grows from a held-out record would make its measurement worthless.',
    { record: id, split },
  )
}

function strayExamples(label: string): CultivarError {
  return new CultivarError(
    'bad-recipe',
    `There are examples of "${label}", which is not among the labels to grow.`,
    `Add it to \`label\`, or take its examples out.`,
  )
}

function unknownLabel(label: string, known: Set<string>): CultivarError {
  const near = nearestName(label, known)
  const list = [...known].slice(0, 12).join(', ')
  return new CultivarError(
    'bad-recipe',
    `No record has the label "${label}".`,
    near ? `Did you mean "${near}"?` : `The labels are: ${list}${known.size > 12 ? ', …' : ''}.`,
    { label },
  )
}

function withoutSeeds(label: string, examplesWay: string): CultivarError {
  return new CultivarError(
    'bad-recipe',
    `The label "${label}" has no record in the training split to grow from.`,
    `Import a few with \`cultivar records import FILE\`, ${examplesWay}or use the generator \`prompt\`, which needs none.`,
    { label },
  )
}

/** The beginning of a text, for messages. */
function brief(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
