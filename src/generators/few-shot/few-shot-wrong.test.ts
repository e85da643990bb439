/** Mode `wrong` of `few-shot`: what it takes for mistakes, what for label errors, and what its prompts show of them. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlanContext } from '../../engine/define.ts'
import { CultivarError } from '../../model/error.ts'
import type { StoredRecord } from '../../model/record.ts'
import { randomStream } from '../../stats/random-stream.ts'
import { generatorLaws } from '../../testing/generator-laws.ts'
import { type PluginSubject, planContext, projectOf, recordsOf } from '../../testing/plugin-law.ts'
import { foldText } from '../../text/normalize.ts'
import { fewShot } from '../few-shot.ts'
import type { Seed } from '../read-seeds.ts'

type Facts = NonNullable<PluginSubject['records']>
type Unit = Omit<Parameters<typeof fewShot.propose>[0], 'ask'>

const topics = {
  lost: ['card', 'lost', 'gone', 'wallet', 'train', 'missing', 'bag', 'nowhere'],
  late: ['parcel', 'late', 'days', 'waiting', 'post', 'arrive', 'courier', 'week'],
  rate: ['rate', 'exchange', 'euro', 'dollar', 'fee', 'abroad', 'percent', 'convert'],
}
type Topic = keyof typeof topics
const labels = Object.keys(topics) as Topic[]

/** Records that speak in the words of one topic, each with the label of that topic unless `flips` gives it another. */
function world(each: number, flips: Record<string, Topic> = {}): (Facts[number] & { id: string; topic: Topic })[] {
  return labels.flatMap(topic =>
    Array.from({ length: each }, (_, at) => {
      const id = `${topic}${at}`
      const words = randomStream(id).shuffle(topics[topic]).slice(0, 5)
      return { id, topic, fields: { text: `${words.join(' ')} ${at}` }, labels: [flips[id] ?? topic] }
    }),
  )
}

/** A file that predicts the topic of each record, but for those `mistaken`. */
function predictionsOf(records: ReturnType<typeof world>, mistaken: Record<string, Topic> = {}): string {
  return ['id,predicted', ...records.map(({ id, topic }) => `${id},${mistaken[id] ?? topic}`)].join('\n')
}

async function planned(
  records: Facts,
  predictions: string,
  more: Record<string, unknown> = {},
  context: Partial<PlanContext<never>> = {},
) {
  const subject = { records, params: [], files: { 'p.csv': predictions } }
  const params = fewShot.params.parse({ mode: 'wrong', predictions: 'p.csv', ...more })
  const plan = await fewShot.plan({ ...planContext(subject), ...context, params })
  const material = plan.material as unknown as {
    seeds: Seed[]
    cells: Record<string, { anchors: { seed: number; predicted: string }[] }>
  }
  const unit = (cell: string, cellOrdinal = 0): Unit => ({
    ...{ params, project: projectOf(subject), material: JSON.parse(JSON.stringify(plan.material)), cell, cellOrdinal },
    ...{ asks: 3, feedback: { kept: [], disliked: [] }, random: randomStream(`${cell} ${cellOrdinal}`) },
  })
  return { plan, material, unit, notes: plan.notes.join('\n') }
}

const said = (unit: Unit) => fewShot.preview!(unit)[0]!.messages[1]!.content

function listed(unit: Unit, tag: string): string[] {
  const list = new RegExp(`<${tag}>\n([\\s\\S]*?)\n</${tag}>`).exec(said(unit))?.[1]
  return list ? list.split('\n') : []
}

/** Ids of the records that notes list as suspected. */
function suspectedIn(notes: string): string[] {
  return [...notes.matchAll(/^ {2}(\S+): ".*" has the label .* neighbours say /gm)].map(([, id]) => id!)
}

const lostTaken = { lost0: 'late', lost1: 'late', lost2: 'rate' } as const

describe('the laws of a generator', () => {
  const files = {
    'p.csv': 'text,pred\nI lost my card,late\nMy new card never came,lost\nWhere is the card I ordered?,late',
  }
  const wrong = { mode: 'wrong', predictions: 'p.csv', suspicion: 1 }
  it.each(
    generatorLaws({ generator: fewShot, files, params: [wrong, { ...wrong, similar: 0, contrast: 0, label: 'lost' }] }),
  )('$title', ({ check }) => check())
})

describe('mistakes', () => {
  it('are training records whose label is not what was predicted, whatever else the project holds', async () => {
    const drawn = fc.record({
      split: fc.constantFrom('train' as const, 'validation' as const, 'test' as const),
      status: fc.constantFrom('pending' as const, 'accepted' as const),
      outcome: fc.constantFrom('imported' as const, 'kept' as const),
      predicted: fc.constantFrom(...labels),
      as: fc.constantFrom(...labels),
    })
    const base = world(8)
    await fc.assert(
      fc.asyncProperty(fc.array(drawn, { minLength: base.length, maxLength: base.length }), async facts => {
        const records = base.map((record, at) => {
          const { split, status, outcome, as } = facts[at]!
          return { ...record, split, status, outcome, labels: [as] }
        })
        const text = ['id,predicted', ...records.map(({ id }, at) => `${id},${facts[at]!.predicted}`)].join('\n')
        const made = await planned(records, text).catch(error => {
          // Fewer than one draw in a hundred leaves nothing.
          fc.pre(error?.code !== 'bad-recipe')
          throw error
        })
        const byId = new Map(recordsOf({ records, params: [] }).map(record => [record.id, record]))
        const recordOf = ({ id }: Seed) => byId.get(id!)!
        const isReal = (record: StoredRecord) => record.outcome === 'imported' || record.status === 'accepted'
        const suspects = suspectedIn(made.notes)
        expect(suspects.some(id => byId.get(id)!.status === 'accepted')).toBe(false)
        for (const seed of made.material.seeds) {
          expect(recordOf(seed).split).toBe('train')
          expect(isReal(recordOf(seed))).toBe(true)
          expect(suspects).not.toContain(seed.id)
        }
        const predicted = new Map(records.map(({ id }, at) => [id, facts[at]!.predicted]))
        for (const [cell, { anchors }] of Object.entries(made.material.cells)) {
          for (const anchor of anchors) {
            const record = recordOf(made.material.seeds[anchor.seed]!)
            expect(record.labels).toEqual([cell])
            expect(anchor.predicted).toBe(predicted.get(record.id))
            expect(anchor.predicted).not.toBe(cell)
          }
          for (const ordinal of [0, 1, 2]) expect(said(made.unit(cell, ordinal))).not.toMatch(/\{\{|\n\n\n/)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('are never grown from where their text is held out under another id', async () => {
    const records = world(8)
    const text = (records[0]!.fields['text'] as string).toUpperCase()
    const copy = { fields: { text: `${text}!` }, labels: ['lost'], split: 'test' as const }
    const { material, notes } = await planned([...records, copy], predictionsOf(records, lostTaken))
    expect(material.seeds.some(seed => foldText(seed.text) === foldText(text))).toBe(false)
    expect(notes).toContain('left out: 1 held out')
  })

  it('are found by text, whatever its case and punctuation, and what is about no record is counted', async () => {
    const records = world(8)
    const rows = records.map(({ fields, topic, id }) => ({
      text: `${(fields['text'] as string).toUpperCase()}!`,
      prediction: id === 'lost3' ? 'rate' : topic,
    }))
    const text = JSON.stringify([...rows, { text: 'of something else', prediction: 'late' }])
    const { material, notes } = await planned(records, text)
    expect(material.cells['lost']!.anchors).toHaveLength(1)
    expect(notes).toMatch(/p\.csv: 25 rows, 1 about no record of the project[\s\S]*Wrong: 1 record$/m)
  })

  it('begin with those the model was surest of, where the file says how sure it was', async () => {
    const records = world(8)
    const sure: Record<string, number> = { lost0: 0.5, lost1: 0.9, lost2: 0.7 }
    const rows = records.map(({ id, topic }) => `${id},${id in sure ? 'late' : topic},${sure[id] ?? 1}`)
    const { material } = await planned(records, ['id,predicted,confidence', ...rows].join('\n'))
    expect(material.cells['lost']!.anchors.map(({ seed }) => material.seeds[seed]!.id)).toEqual([
      'lost1',
      'lost2',
      'lost0',
    ])
  })
})

describe('suspected label errors', () => {
  const flips = { lost3: 'late', late5: 'rate', rate1: 'lost' } as const
  const suspects = Object.keys(flips).toSorted()
  const records = world(12, flips)
  const file = predictionsOf(records, lostTaken)

  it('are listed first and never shown, under no id and in no prompt, until they are confirmed', async () => {
    // Neither may vouch for the other.
    const twin = { ...records.find(({ id }) => id === 'lost3')!, id: 'twin' }
    const { plan, notes, material, unit } = await planned([...records, twin], `${file}\ntwin,lost`)
    expect(plan.notes[0]).toContain('Suspected label errors: 3')
    expect(suspectedIn(notes).toSorted()).toEqual(suspects)
    const texts = records.filter(({ id }) => suspects.includes(id)).map(({ fields }) => fields['text'] as string)
    expect(material.seeds.filter(({ text }) => texts.includes(text))).toEqual([])
    expect(plan.cells).toEqual(['lost'])
    for (const ordinal of [0, 1, 2, 3])
      for (const text of texts) expect(said(unit('lost', ordinal))).not.toContain(text)
  })

  it('are grown from once the recipe or a person’s acceptance confirms them', async () => {
    const accepted = records.map(record =>
      record.id === 'rate1' ? { ...record, status: 'accepted' as const } : record,
    )
    const { notes, material, plan } = await planned(accepted, file, { confirmed: ['lost3'] })
    expect(suspectedIn(notes)).toEqual(['late5'])
    expect(plan.cells.toSorted()).toEqual(['late', 'lost'])
    expect(material.cells['late']!.anchors.map(({ seed }) => material.seeds[seed]!.id)).toEqual(['lost3'])
    expect(material.cells['lost']!.anchors.map(({ seed }) => material.seeds[seed]!.id)).toContain('rate1')
  })

  it('are the same in dense vectors, where everything is similar to everything', async () => {
    const words = Object.values(topics).flat()
    const embed = async (texts: string[]) =>
      texts.map(text => [8, ...words.map(word => (text.split(' ').includes(word) ? 1 : 0))])
    const { notes } = await planned(records, file, {}, { embed })
    expect(suspectedIn(notes).toSorted()).toEqual(suspects)
  })

  it('may not be confirmed by an id that nobody has', async () => {
    await expect(planned(records, file, { confirmed: ['lost33'] })).rejects.toMatchObject({
      code: 'bad-recipe',
      message: expect.stringContaining('“lost33”'),
    })
  })
})

describe('prompts', () => {
  it('show several mistakes together with what they were taken for, easy texts of the label, and texts of the wrong one', async () => {
    const records = world(12)
    const mistaken = { lost0: 'late', lost1: 'late', lost2: 'late', lost3: 'late' } as const
    const { unit } = await planned(records, predictionsOf(records, mistaken), { similar: 4, contrast: 2 })
    for (const ordinal of [0, 1, 2, 3]) {
      const shown = (tag: string) => listed(unit('lost', ordinal), tag)
      expect(shown('mistakes')).toHaveLength(3)
      for (const line of shown('mistakes')) expect(line).toMatch(/^".*" was mistaken for "late"$/)
      expect(new Set([...shown('mistakes'), ...shown('easy')]).size).toBe(5)
      expect(shown('other-labels')).toHaveLength(2)
      for (const line of shown('other-labels')) expect(line).toContain('has the label "late"')
      const anchor = `${records.find(({ id }) => id === `lost${ordinal}`)!.fields['text']}`
      expect([0, 1, 2, 3].some(at => listed(unit('lost', at), 'mistakes').join().includes(anchor))).toBe(true)
    }
  })
})

describe('what cannot be grown from', () => {
  const records = world(6)
  it.each([
    ['no prediction', 'id,predicted\n', {}, 'holds no prediction'],
    ['no record', 'id,predicted\nx1,lost', {}, 'None of the 1 predictions'],
    ['numbers for labels', 'id,predicted\nlost0,3\nlate1,1', {}, 'no label of any record: 3, 1'],
    ['no mistake', predictionsOf(records), {}, 'leaves no mistake to grow from: 0 records'],
    ['no mistake of the label', predictionsOf(records, lostTaken), { label: 'late' }, 'has the label “late”'],
  ])('%s: says so, with a way out', async (_, file, more, message) => {
    const error = await planned(records, file, more).catch(error => error)
    expect(error).toBeInstanceOf(CultivarError)
    expect(error).toMatchObject({ message: expect.stringContaining(message), hint: expect.stringMatching(/\w/) })
  })

  it('suspects alone: they are named where they can be decided', async () => {
    const flipped = world(8, { late2: 'rate' })
    const error = await planned(flipped, predictionsOf(flipped)).catch(error => error)
    expect(error.message).toContain('1 suspected label errors')
    expect(error.hint).toMatch(/late2: "[\s\S]*records accept late2/)
  })
})
