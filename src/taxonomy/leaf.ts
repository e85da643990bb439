/** A leaf of an InstructLab taxonomy as the rest of Cultivar reads it: one `qna.yaml`, checked and in plain words. */

/** What a leaf teaches: a skill without contexts, a skill whose questions are about a context, or knowledge from documents. */
export type LeafKind = 'freeform' | 'grounded' | 'knowledge'

/** A question and its answer, as a person wrote them. */
export interface SeedPair {
  question: string
  answer: string
}

/** One seed example; a skill's has exactly one pair, a knowledge leaf's three or more. */
export interface TaxonomySeed {
  /** `''` for a free-form seed. */
  context: string
  pairs: SeedPair[]
}

/** Where a knowledge leaf's documents are: files matching `patterns` in the git repository `repo` at `commit`. */
export interface LeafDocument {
  repo: string
  commit: string
  patterns: string[]
}

export interface TaxonomyLeaf {
  /** The folders from the taxonomy folder down, `/` between them: `compositional_skills/linguistics/synonyms`. */
  path: string
  kind: LeafKind
  /** The schema's version, 1 to 3. */
  version: number
  createdBy: string
  /** `''` for knowledge. */
  taskDescription: string
  /** `''` for skills. */
  domain: string
  /** `''` for skills. */
  documentOutline: string
  document?: LeafDocument
  seeds: TaxonomySeed[]
}
