/** Critic `shape`: an answer has the structure and about the length that the seeds' answers have. */
import { z } from 'zod'
import { defineCritic, type PlanContext, type Seeds } from '../engine/define.ts'
import type { Content } from '../model/record.ts'
import { type Structure, structureOf } from '../text/structure.ts'
import { type Bounds, boundsOf } from './length-bounds.ts'

const params = z.strictObject({
  field: z.string().default('answer').describe('Field that is looked at; records without it pass'),
  structure: z
    .boolean()
    .default(true)
    .describe('Only structures that seeds of the cell have: one letter, JSON, table, code, list, prose'),
  tolerance: z
    .number()
    .min(0)
    .max(10)
    .nullable()
    .default(1)
    .describe('How far beyond the seeds’ words a length may go, as for `length`; null: any length'),
})
type Params = z.infer<typeof params>

type Shape = {
  structures: Structure[]
  words: Bounds
  /** Members of every seed that is a JSON object; none if they differ. */
  members: string[]
}

/** Fewer seeds say nothing of what their cell is like. */
const enoughSeeds = 3

/**
 * Shapes per cell, frozen with the run. Seeds are those that the generator grows from; without such, the cell's records of the
 * training split that a person brought or accepted. A cell with fewer than three is not judged.
 */
export const shape = defineCritic({
  kind: 'shape',
  summary:
    'Rejects answers of another structure or length than the seeds’: not a list for a table, not an essay for one letter',
  params,
  phase: 'pure',
  async plan(context) {
    const seeds = context.seeds ?? (await seedsOf(context))
    const shapes: Record<string, Shape> = {}
    for (const cell of context.cells) {
      const texts = (seeds[cell] ?? [])
        .map(fields => fields[context.params.field])
        .filter(text => typeof text === 'string')
      if (texts.length >= enoughSeeds) shapes[cell] = shapeOf(texts, context.params)
    }
    return shapes
  },
  open({ params, material }) {
    const shapes = material as Record<string, Shape>
    const rejected = (reason: string) => ({ critic: 'shape', pass: false, reason })
    return {
      judge({ cell, fields }) {
        const text = fields[params.field]
        const like = shapes[cell]
        if (!like || typeof text !== 'string') return { critic: 'shape', pass: true }
        const structure = structureOf(text)
        if (params.structure && !like.structures.includes(structure))
          return rejected(
            `its ${params.field} is ${named(structure)}, the seeds’ is ${like.structures.map(named).join(' or ')}`,
          )
        const absent =
          params.structure && structure === 'json'
            ? like.members.find(name => !membersOf(text).includes(name))
            : undefined
        if (absent !== undefined)
          return rejected(`its ${params.field} lacks the member ${absent}, which all seeds have`)
        const { low, high } = like.words
        const words = wordsIn(text)
        if (words < low || (high !== null && words > high))
          return rejected(`its ${params.field} has ${words} words, outside ${low} to ${high ?? 'any number'}`)
        return { critic: 'shape', pass: true }
      },
    }
  },
})

async function seedsOf({ records }: PlanContext<Params>): Promise<Seeds> {
  const seeds: Record<string, Content['fields'][]> = {}
  for await (const { split, outcome, status, cell, labels, fields } of records()) {
    if (split !== 'train' || !(outcome === 'imported' || status === 'accepted')) continue
    for (const name of new Set([cell, ...labels])) seeds[name] = [...(seeds[name] ?? []), fields]
  }
  return seeds
}

function shapeOf(texts: string[], { tolerance }: Params): Shape {
  const [first = [], ...others] = texts.map(membersOf)
  return {
    structures: [...new Set(texts.map(structureOf))],
    words:
      tolerance === null ? { low: 0, high: null, seeds: texts.length } : boundsOf(texts.map(wordsIn), { tolerance }),
    members: first.filter(name => others.every(members => members.includes(name))),
  }
}

function wordsIn(text: string): number {
  return text.match(/\S+/g)?.length ?? 0
}

function membersOf(text: string): string[] {
  const body = /^```\w*\n([\s\S]*?)\n?```$/.exec(text.trim())?.[1] ?? text
  if (structureOf(body) !== 'json') return []
  const value: unknown = JSON.parse(body)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : []
}

const names: Record<Structure, string> = {
  letter: 'one letter',
  json: 'JSON',
  table: 'a table',
  code: 'code',
  list: 'a list',
  prose: 'prose',
}
const named = (structure: Structure) => names[structure]
