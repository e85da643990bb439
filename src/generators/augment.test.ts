/** Augmenting: exact spans, a source and edits for each record, and as many as were asked for. */
import { describe, expect, it } from 'vitest'
import { storedRecord } from '../../test/stored-record.ts'
import { project as projectSchema } from '../model/project.ts'
import type { StoredRecord } from '../model/record.ts'
import { replaySteps } from '../perturbations/perturb-example.ts'
import { randomStream } from '../stats/random-stream.ts'
import { augment } from './augment.ts'

const entities = projectSchema.parse({ name: 'notes', kind: 'entities' })
const person = { field: 'text', start: 0, end: 3, label: 'PER' }
const note = { field: 'note', start: 0, end: 1, label: 'X' }

function records(count: number, over: (at: number) => Partial<StoredRecord> = () => ({})): StoredRecord[] {
  return Array.from({ length: count }, (_, at) => ({
    ...storedRecord({ id: `r${at}`, text: '', labels: ['l'], spans: [person, note] }),
    fields: { text: `Ada reads page ${at}`, note: 'x' },
    ...over(at),
  }))
}

async function* stream<T>(items: T[]): AsyncGenerator<T> {
  yield* items
}

async function planned(given: unknown, stored: StoredRecord[]) {
  const params = augment.params.parse(given)
  const readText = () => Promise.resolve('r0\nr1\n')
  const plan = await augment.plan({
    ...{ params, project: entities, random: randomStream('7'), readText },
    records: () => stream(stored),
  })
  return { params, plan }
}

async function made(given: unknown, stored: StoredRecord[]) {
  const { params, plan } = await planned(given, stored)
  const units = plan.cells.flatMap(cell =>
    Array.from({ length: Math.ceil(plan.targets![cell]! / plan.perUnit) }, (_, cellOrdinal) => ({
      ...{ cell, cellOrdinal },
      asks: Math.min(plan.perUnit, plan.targets![cell]! - cellOrdinal * plan.perUnit),
    })),
  )
  const context = { params, material: plan.material, project: entities, feedback: { kept: [], disliked: [] } }
  const ask = () => Promise.reject(new Error('nobody is asked'))
  return Promise.all(units.map(unit => augment.propose({ ...context, ...unit, random: randomStream('u'), ask }))).then(
    lists => lists.flat(),
  )
}

describe('augment', () => {
  it('makes as many as the proportion says, of each record one at most', async () => {
    const given = {
      tests: [
        { perturbations: 'uppercase', proportion: 0.7 },
        { perturbations: ['titlecase', 'lowercase'], proportion: 0.25 },
      ],
    }
    const { plan } = await planned(given, records(200))
    expect(plan.targets).toEqual({ uppercase: 140, 'titlecase-lowercase': 50 })
    expect(plan.notes).toEqual(['190 records are to be made of 200.'])
    const proposals = await made(given, records(200))
    expect(proposals).toHaveLength(190)
    const upper = proposals.slice(0, 140).map(({ seeds }) => seeds![0]!)
    expect(new Set(upper).size).toBe(140)
  })

  it('gives each its source and edits, which replayed on the source give text and entities', async () => {
    const stored = records(30)
    const proposals = await made({ tests: [{ perturbations: ['uppercase', 'titlecase'], proportion: 1 }] }, stored)
    expect(proposals).toHaveLength(30)
    for (const { seeds, steps, fields, spans, labels, tags } of proposals) {
      const source = stored.find(({ id }) => id === seeds![0])!
      const own = source.spans
        .filter(({ field }) => field === 'text')
        .map(({ start, end, label }) => ({ start, end, label }))
      const replayed = replaySteps({ text: source.fields['text'] as string, entities: own }, steps!)
      expect(fields!['text']).toBe(replayed.text)
      expect(fields!['text']).not.toBe(source.fields['text'])
      expect(fields!['note']).toBe('x')
      expect(spans).toEqual([{ field: 'text', ...replayed.entities[0] }, note])
      expect((fields!['text'] as string).slice(0, 3)).toBe('Ada')
      expect([labels, tags]).toEqual([['l'], ['augmented']])
    }
  })

  it('says before anything is made how many are possible where a test changes too few', async () => {
    const shouted = records(10, at => (at < 7 ? { fields: { text: `ADA ${at}` } } : {}))
    const { plan } = await planned({ tests: [{ perturbations: 'uppercase', proportion: 0.8 }] }, shouted)
    expect(plan.targets).toEqual({ uppercase: 3 })
    expect(plan.notes[1]).toBe('uppercase: 8 requested, 3 possible: of other records it makes nothing new.')
  })

  it('changes neither rejected records, nor those held out, nor what was made this way before', async () => {
    const variants: Partial<StoredRecord>[] = [{ status: 'rejected' }, { split: 'test' }, { tags: ['augmented'] }, {}]
    const { plan } = await planned(
      { tests: [{ perturbations: 'uppercase', proportion: 1 }] },
      records(4, at => variants[at]!),
    )
    expect(plan.targets).toEqual({ uppercase: 1 })
    await expect(planned({ tests: [{ perturbations: 'uppercase' }] }, [])).rejects.toThrow(
      /no records of the split train/,
    )
  })

  it('makes no text that is there already, as after it ran before', async () => {
    const stored = records(6, at =>
      at < 2 ? { fields: { text: `ADA READS PAGE ${at + 2}` }, tags: ['augmented'] } : {},
    )
    const { plan } = await planned({ tests: [{ perturbations: 'uppercase', proportion: 1 }] }, stored)
    expect(plan.targets).toEqual({ uppercase: 2 })
  })

  it('changes none of those that a file names, whatever their split', async () => {
    const stored = records(4, at => ({ split: at === 2 ? 'test' : 'train' }))
    const { plan } = await planned(
      { tests: [{ perturbations: 'uppercase', proportion: 1 }], split: 'any', leaveOut: 'held-out.txt' },
      stored,
    )
    expect(plan.targets).toEqual({ uppercase: 2 })
  })

  it('names the closest perturbation before anything is made, and refuses a test given twice', async () => {
    const misspelt = planned({ tests: [{ perturbations: 'upercase' }] }, records(3))
    await expect(misspelt).rejects.toMatchObject({ hint: expect.stringContaining('Did you mean “uppercase”?') })
    const twice = augment.params.safeParse({ tests: [{ perturbations: 'uppercase' }, { perturbations: 'uppercase' }] })
    expect(twice.error?.issues[0]?.message).toContain('is there twice')
  })
})
