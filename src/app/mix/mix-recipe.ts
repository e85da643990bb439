/** A mixing recipe: InstructLab's file of datasets and sampling sizes, with what Cultivar adds to it. */
import { dirname, resolve } from 'node:path'
import { parseDocument } from 'yaml'
import { z } from 'zod'
import { CultivarError } from '../../model/error.ts'
import { readTextFile } from '../read-text-file.ts'

/** Whole numbers are read as bigint, so that a count of 1 is not a ratio of 1.0. */
const wholeNumber = z
  .bigint()
  .refine(value => value >= 0n && value <= 0xffff_ffffn, 'from 0 to 4294967295')
  .transform(Number)

const samplingSize = z
  .union([
    wholeNumber.transform(count => ({ count })),
    z
      .number()
      .min(0)
      .max(1e6)
      .transform(ratio => ({ ratio })),
  ])
  .default({ ratio: 1 })

const dataset = z
  .strictObject({
    path: z.string().min(1).optional(),
    project: z.string().min(1).optional(),
    sampling_size: samplingSize,
    splits: z.array(z.enum(['train', 'validation', 'test'])).optional(),
    format: z.string().optional(),
    map: z.partialRecord(z.enum(['question', 'answer', 'context', 'system']), z.string()).optional(),
  })
  .refine(({ path, project }) => (path === undefined) !== (project === undefined), 'name either a path or a project')

const mixRecipe = z.strictObject({
  datasets: z.array(dataset).nullable().default([]),
  metadata: z.looseObject({ sys_prompt: z.string().nullish() }).nullish(),
  seed: wholeNumber.default(42),
  format: z.string().optional(),
  mixing: z.enum(['balanced', 'instructlab']).default('balanced'),
})

export type MixDataset = z.infer<typeof dataset>

export interface MixRecipe {
  /** Paths are absolute. */
  datasets: MixDataset[]
  /** Empty: rows keep their own. */
  systemPrompt: string
  seed: number
  /** How the mix is written; absent: as id, messages, metadata and unmask. */
  format?: string
  /** `instructlab`: all samples are drawn with replacement. */
  mixing: 'balanced' | 'instructlab'
}

/**
 * Reads a recipe; its paths start from its own folder. Throws CultivarError `not-found`, `bad-file`, or `bad-recipe` with all that is
 * wrong in it.
 */
export async function readMixRecipe(path: string): Promise<MixRecipe> {
  const document = parseDocument(await readTextFile(path), { intAsBigInt: true })
  if (document.errors.length > 0) throw badRecipe(path, document.errors.map(({ message }) => message).join('\n'))
  const read = mixRecipe.safeParse(document.toJS() ?? {})
  if (!read.success) throw badRecipe(path, z.prettifyError(read.error))
  const { datasets, metadata, seed, format, mixing } = read.data
  return {
    datasets: (datasets ?? []).map(entry => ({
      ...entry,
      ...(entry.path !== undefined && { path: resolve(dirname(path), entry.path) }),
    })),
    systemPrompt: metadata?.sys_prompt ?? '',
    seed,
    mixing,
    ...(format !== undefined && { format }),
  }
}

function badRecipe(path: string, problems: string): CultivarError {
  return new CultivarError(
    'bad-recipe',
    `${path} is no mixing recipe:\n${problems}`,
    'A dataset is {path: rows.jsonl, sampling_size: 300} or {project: support, sampling_size: 0.5}: a whole number counts rows, one with a point is a share.',
  )
}
