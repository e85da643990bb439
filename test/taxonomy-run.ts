/** A run of generator `taxonomy` as the engine would leave it: leaves frozen, records kept in their cells. */
import type { RunStore } from '../src/engine/ports.ts'
import { frozen, type LeafMaterial, type TaxonomyMaterial } from '../src/generators/taxonomy/taxonomy-material.ts'
import { recipe } from '../src/model/recipe.ts'
import type { Content, Split } from '../src/model/record.ts'
import { emptyTally } from '../src/model/run.ts'
import type { TaxonomyLeaf } from '../src/taxonomy/leaf.ts'

export interface GrownRecord {
  cell: string
  fields: Content['fields']
  split?: Split
}

/** A leaf of five seeds; with passages, one of knowledge. */
export function leafMaterial(
  path: string,
  facts: Partial<TaxonomyLeaf> = {},
  passages: LeafMaterial['passages'] = [],
): LeafMaterial {
  const isKnowledge = path.startsWith('knowledge/')
  const pairs = (seed: number) =>
    Array.from({ length: isKnowledge ? 4 : 1 }, (_, at) => ({ question: `Q${seed}.${at}?`, answer: `A${seed}.${at}` }))
  const kind = facts.kind ?? (isKnowledge ? 'knowledge' : 'freeform')
  const seeds = [0, 1, 2, 3, 4].map(seed => ({
    context: kind === 'freeform' ? '' : `Context ${seed}`,
    pairs: pairs(seed),
  }))
  const words = isKnowledge
    ? { taskDescription: '', domain: 'astronomy', documentOutline: 'About stars' }
    : { taskDescription: 'Find synonyms', domain: '', documentOutline: '' }
  return {
    leaf: { path, kind, version: 3, createdBy: 'ada', ...words, seeds, ...facts },
    passages,
    pipeline: `instructlab-full/${kind}`,
  }
}

/** Opens the run, keeps the records and closes it. Later runs must begin later, since the newest leaf counts. */
export async function growTaxonomyRun(
  runs: RunStore,
  { project, id, nowMs = 1000 }: { project: string; id: string; nowMs?: number },
  leaves: LeafMaterial[],
  records: GrownRecord[],
): Promise<void> {
  const material: TaxonomyMaterial = {
    leaves: Object.fromEntries(leaves.map(grown => [grown.leaf.path, grown])),
    pipelines: {},
    rotation: 'r',
  }
  const snapshot = {
    ...{ recipe: recipe.parse({ project, generator: 'taxonomy', target: 1 }), position: 0, existing: {} },
    ...{ material: frozen(material), criticMaterial: [], cells: leaves.map(({ leaf }) => leaf.path), versions: {} },
    ...{ jsonModes: {}, expectedYield: 1, perUnit: 3, roundSize: 64 },
  }
  const { lease } = await runs.openRun(
    { id, project, identity: `identity of ${id}`, snapshot },
    { targets: {}, budget: {} },
    { holder: { token: id, pid: 1, host: 'here', sinceMs: 0 }, nowMs, leaseMs: 1000, isAlive: () => true },
  )
  const cell = leaves[0]!.leaf.path
  const unit = { ordinal: 0, round: 0, cell, cellOrdinal: 0, asks: records.length }
  const round = { number: 0, firstUnit: 0, units: 1, known: 0, feedback: {}, tallies: {}, selected: false }
  await runs.planRound(lease, round, [unit])
  const candidates = records.map((record, index) => ({ ...record, labels: [], spans: [], index, verdicts: [] }))
  await runs.advance(
    {
      lease,
      ...{ from: 0, to: 1, units: [{ unit, outcome: { state: 'proposed', candidates, calls: [] } }] },
      records: candidates.map((candidate, item) => ({
        ...{ ...candidate, id: `${id}.0.${item}`, outcome: 'kept', split: candidate.split ?? 'train' },
        ...{ tags: ['synthetic'], run: id, unit: 0, item },
      })),
      rounds: [{ number: 0, tallies: { [cell]: { ...emptyTally(), kept: records.length } }, selected: true }],
    },
    nowMs + 1,
  )
  await runs.closeRun(lease, { state: 'done', reason: '', hint: '' }, nowMs + 2)
}
