/** A taxonomy grown leaf by leaf through its stages, over HTTP: waiting held against the ideal of its longest chain and its width. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCultivar } from '../src/app/create-cultivar.ts'
import { randomStream } from '../src/stats/random-stream.ts'
import { saying } from '../src/testing/saying.ts'
import { type Benchmark, costOf, type Figure, peakMemory } from './benchmark.ts'
import { startTeacher } from './teacher-process.ts'

const latencyMs = 200
const concurrency = 50
/** Questions, their check, answers, the check of the pairs. */
const chain = 4

export const taxonomy: Benchmark = quick => {
  const repeats = quick ? 1 : 3
  return [
    { name: '16 leaves of 30 rows', repeats, run: () => growTaxonomy({ leaves: 16, rows: 30 }) },
    { name: '16 leaves of 300 rows', run: () => growTaxonomy({ leaves: 16, rows: quick ? 60 : 300 }) },
  ]
}

/** Free-form skills, whose chain is the longest; a critic that keeps all, so that no round waits for another. */
async function growTaxonomy({ leaves, rows }: { leaves: number; rows: number }): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'cultivar-bench-'))
  await using teacher = await startTeacher({ kind: 'fixed', ms: latencyMs }, 'forms')
  writeTaxonomy(folder, leaves)
  const cultivar = await createCultivar({ folder })
  try {
    await cultivar.createProject({ name: 'bench', kind: 'records' })
    const settings = { name: 'teacher', kind: 'openai-compatible', model: 'scripted-1', endpoint: teacher.url } as const
    await cultivar.addProvider({ settings: { ...settings, concurrency, jsonMode: 'schema' }, projects: ['bench'] })
    let calls = 0
    const { wallMs, cpuMs } = await costOf(async () => {
      const params = { taxonomy: folder, probe: 0 }
      const critics = [{ kind: 'shape', enabled: false }]
      const report = await cultivar.run({
        project: 'bench',
        generator: 'taxonomy',
        params,
        critics,
        target: leaves * rows,
      })
      if (report.state !== 'done') throw new Error(`The run ended ${report.state}: ${report.reason}`)
      calls = report.spent.calls
    })
    const idealMs = Math.max(chain * latencyMs, (calls * latencyMs) / concurrency)
    return [
      { name: 'wall time', value: wallMs / 1000, unit: 's' },
      { name: 'wall time ÷ ideal', value: wallMs / idealMs, unit: '', limit: { atMost: 1.3 } },
      { name: 'processor time a call', value: cpuMs / calls, unit: 'ms' },
      { name: 'calls made', value: calls, unit: '' },
      peakMemory(),
    ]
  } finally {
    await cultivar.close()
    rmSync(folder, { recursive: true })
  }
}

function writeTaxonomy(folder: string, leaves: number): void {
  for (let leaf = 0; leaf < leaves; leaf++) {
    const random = randomStream(`leaf ${leaf}`)
    const seeds = Array.from({ length: 5 }, () => `  - question: ${saying(random)}\n    answer: ${saying(random)}`)
    const path = join(folder, 'compositional_skills', `area_${leaf % 4}`, `skill_${leaf}`)
    mkdirSync(path, { recursive: true })
    const head = `version: 3\ncreated_by: bench\ntask_description: ${saying(random)}\nseed_examples:`
    writeFileSync(join(path, 'qna.yaml'), `${head}\n${seeds.join('\n')}\n`)
    writeFileSync(join(path, 'attribution.txt'), 'Title of work: none\n')
  }
}
