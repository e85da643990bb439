/** Plans and fills templates as a run would, without one. */
import type { Ask } from '../../src/engine/define.ts'
import { templatic } from '../../src/generators/templatic.ts'
import { type Project, project as projectSchema } from '../../src/model/project.ts'
import type { StoredRecord } from '../../src/model/record.ts'
import { randomStream } from '../../src/stats/random-stream.ts'
import { storedRecord } from '../stored-record.ts'

export const entities = projectSchema.parse({ name: 'notes', kind: 'entities' })
export const classes = projectSchema.parse({ name: 'desk' })

/** A record from a text with its entities in brackets: `[PER Ada] reads`. */
export function marked(text: string, facts: Partial<StoredRecord> = {}): StoredRecord {
  const spans: StoredRecord['spans'] = []
  let plain = ''
  for (const part of text.split(/(\[\w+ [^\]]*\])/)) {
    const [, label, words] = /^\[(\w+) (.*)\]$/s.exec(part) ?? []
    if (label !== undefined) {
      spans.push({ field: 'text', start: plain.length, end: plain.length + words!.length, label })
    }
    plain += words ?? part
  }
  return storedRecord({ id: plain, text: plain, spans, ...facts })
}

export async function planned(given: unknown, records: StoredRecord[] = [], project: Project = entities) {
  const params = templatic.params.parse(given)
  const plan = await templatic.plan({
    ...{ params, project, random: randomStream('7') },
    records: async function* () {
      yield* records
    },
    readText: () => Promise.reject(new Error('reads no files')),
  })
  const unit = (cell = plan.cells[0]!, cellOrdinal = 0, asks = plan.perUnit) => ({
    ...{ params, material: JSON.parse(JSON.stringify(plan.material)), project, cell, cellOrdinal, asks },
    ...{ feedback: { kept: [], disliked: [] }, random: randomStream('unit') },
  })
  return { plan, unit }
}

export const nobody: Ask = () => Promise.reject(new Error('nobody is asked'))

export async function made(given: unknown, records: StoredRecord[] = [], project: Project = entities) {
  const { plan, unit } = await planned(given, records, project)
  const units = plan.cells.map(cell => templatic.propose({ ...unit(cell, 0, plan.targets![cell]!), ask: nobody }))
  return { plan, proposals: (await Promise.all(units)).flat() }
}

export const texts = (proposals: { fields?: StoredRecord['fields'] }[]) =>
  proposals.map(({ fields }) => fields!['text'] as string)
export const values = (count: number, name = 'value') => Array.from({ length: count }, (_, at) => `${name} ${at}`)
