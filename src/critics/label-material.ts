/** What the critic `label` knows of the labels: their meanings, examples of each, and which are close to which. */
import type { PlanContext } from '../engine/define.ts'
import type { Content, StoredRecord } from '../model/record.ts'
import type { RandomStream } from '../stats/random-stream.ts'
import { Reservoir } from '../stats/reservoir.ts'
import type { NamedLabel } from '../text/label-list.ts'
import { foldText } from '../text/normalize.ts'
import { nearest } from '../text/similarity.ts'
import { tfIdfSimilarity } from '../text/tf-idf.ts'
import { quotedFields } from './quoted-fields.ts'

/** Frozen with the run. */
export type LabelMaterial = {
  labels: KnownLabel[]
  /** Whether a record may have several labels. */
  multiple: boolean
}

type KnownLabel = NamedLabel & {
  /** As prompts show them. */
  examples: string[]
  /** Places of the labels closest to it in the list, closest first; empty where all labels are shown anyway. */
  near: number[]
}

interface Wanted {
  labels: NamedLabel[]
  fields: string[]
  examples: number
  shown: number
  multiple?: boolean | undefined
}

/** Texts of a label that say which other labels it is close to. */
const mostCompared = 30
/** Of each field of an example, in UTF-16 code units. */
const longestExample = 300

/**
 * Labels are those of the parameters; else the project's list; else the run's cells and whatever the training records carry.
 * Examples come from training records that a person brought or accepted. How close two labels are is TF-IDF similarity of their
 * names, meanings and texts.
 */
export async function labelMaterial({
  params,
  project,
  cells,
  random,
  records,
}: PlanContext<Wanted> & { cells: string[] }): Promise<LabelMaterial> {
  const given = params.labels.length > 0 ? params.labels : project.labels.map(named)
  const found = new Map(given.map(({ label }) => [label, sampleOf(label, random)]))
  if (given.length === 0 && !(cells.length === 1 && cells[0] === 'all')) {
    for (const cell of cells) found.set(cell, sampleOf(cell, random))
  }
  let several = false
  for await (const record of records()) {
    if (record.split !== 'train') continue
    several ||= record.labels.length > 1
    for (const label of record.labels) {
      if (given.length === 0 && !found.has(label)) found.set(label, sampleOf(label, random))
      if (isReal(record)) found.get(label)?.add(record.fields)
    }
  }
  const entries = given.length > 0 ? given : [...found.keys()].map(named)
  const isLabel = labelTest(entries.map(({ label }) => label))
  const texts = entries.map(({ label }) =>
    random
      .fork(`order ${label}`)
      .shuffle(found.get(label)!.items)
      .map(fields => quotedFields(shortened(blindFields(fields, params.fields, isLabel)))),
  )
  const near = entries.length > params.shown ? closest(entries, texts, params.shown) : entries.map(() => [])
  return {
    labels: entries.map((entry, at) => ({
      ...entry,
      examples: texts[at]!.slice(0, params.examples),
      near: near[at]!,
    })),
    multiple: params.multiple ?? several,
  }
}

/** Whether a value is the name of one of the labels, however it is written. */
export function labelTest(labels: readonly string[]): (value: unknown) => boolean {
  const names = new Set(labels.map(foldText))
  return value => typeof value === 'string' && names.has(foldText(value))
}

/** The chosen fields, else `text`, else all fields but those that hold a label and would give it away. */
export function blindFields(
  fields: Content['fields'],
  chosen: readonly string[],
  isLabel: (value: unknown) => boolean,
): Content['fields'] {
  if (chosen.length === 0 && typeof fields['text'] === 'string') return { text: fields['text'] }
  const shown = Object.entries(fields).filter(([name, value]) =>
    chosen.length > 0 ? chosen.includes(name) : ![value].flat().some(isLabel),
  )
  return Object.fromEntries(shown)
}

function shortened(fields: Content['fields']): Content['fields'] {
  const short = Object.entries(fields).map(([name, value]) => [
    name,
    typeof value === 'string' && value.length > longestExample
      ? `${value.slice(0, longestExample)}…`.toWellFormed()
      : value,
  ])
  return Object.fromEntries(short)
}

function named(label: string): NamedLabel {
  return { label, meaning: '' }
}

function sampleOf(label: string, random: RandomStream): Reservoir<Content['fields']> {
  return new Reservoir(mostCompared, random.fork(`examples ${label}`))
}

function isReal({ outcome, status }: StoredRecord): boolean {
  return outcome === 'imported' || status === 'accepted'
}

function closest(entries: readonly NamedLabel[], texts: readonly string[][], most: number): number[][] {
  const similarity = tfIdfSimilarity(
    entries.map(({ label, meaning }, at) => [label.replaceAll('_', ' '), meaning, ...texts[at]!].join('\n')),
  )
  const places = entries.map((_, at) => at)
  return places.map(place =>
    nearest(
      similarity.scores(place),
      places.filter(at => at !== place),
      most - 1,
    ),
  )
}
