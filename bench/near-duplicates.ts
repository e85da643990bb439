/** The near-duplicate search of the critic `unique`, by itself, as a project fills. */
import { unique } from '../src/critics/unique.ts'
import { randomStream } from '../src/stats/random-stream.ts'
import { saying } from '../src/testing/saying.ts'
import { costOf, type Figure, peakMemory } from './benchmark.ts'
import { project } from './grow-in-folder.ts'

/** One text in ten is an earlier one with a word more. */
export async function findNearDuplicates(records: number): Promise<Figure[]> {
  if (unique.phase !== 'known') throw new Error('The critic “unique” compares with what is known.')
  const critic = unique.open({ params: unique.params.parse({}), material: null, project, cells: ['all'] })
  const random = randomStream('near duplicates')
  const texts: string[] = []
  for (let i = 0; i < records; i++) texts.push(i % 10 === 9 ? `${random.pick(texts)} Really.` : saying(random))
  let found = 0
  const cost = await costOf(() => {
    for (const [i, text] of texts.entries()) {
      const candidate = { fields: { text }, labels: [], spans: [], cell: 'all', index: 0, verdicts: [] }
      if (critic.judge(candidate, i).pass) critic.learn({ id: String(i), ...candidate }, i)
      else found++
    }
  })
  return [
    { name: 'judged and learned', value: records / (cost.cpuMs / 1000), unit: 'a CPU second' },
    { name: 'found of those planted', value: found / Math.floor(records / 10), unit: '' },
    peakMemory(),
  ]
}
