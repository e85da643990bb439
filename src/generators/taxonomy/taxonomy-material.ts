/** What is frozen with a run of `taxonomy`: its leaves, their passages, and the pipelines they are grown with. */
import type { Json } from '../../model/json.ts'
import type { TaxonomyLeaf } from '../../taxonomy/leaf.ts'
import type { Pipeline } from '../pipeline/pipeline.ts'

/** Where a passage is from; stored with each record that is grown from it. */
type PassageSource = {
  /** The document's name: its path in the repository or folder. */
  document: string
  /** From 1; absent for documents without pages. */
  page?: number
  /** Offsets in the document's Markdown, in UTF-16 code units; the end is exclusive. */
  start: number
  end: number
  /** Of the sections that it is in, the outermost first. */
  headings: string[]
}

export type Passage = { text: string; source: PassageSource }

export type LeafMaterial = {
  leaf: TaxonomyLeaf
  /** Of its documents, in their order; none for skills. */
  passages: Passage[]
  /** Name of its pipeline in `pipelines`. */
  pipeline: string
}

export type TaxonomyMaterial = {
  /** By path, which is the leaf's cell. */
  leaves: Record<string, LeafMaterial>
  pipelines: Record<string, Pipeline>
  /** Asks seed questions unseen; absent if none are. */
  probe?: Pipeline
  /** Names the random streams that units of the same leaf share. */
  rotation: string
}

/** As storage gives it back: JSON, without members that are undefined. */
export function frozen(material: TaxonomyMaterial): Json {
  return JSON.parse(JSON.stringify(material)) as Json
}

export function taxonomyMaterial(material: Json): TaxonomyMaterial {
  return material as unknown as TaxonomyMaterial
}
