/** Mode `boundary` of `few-shot`: where its texts lie between two labels, and which steps it asks for. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ask } from '../../engine/define.ts'
import { randomStream } from '../../stats/random-stream.ts'
import { generatorLaws } from '../../testing/generator-laws.ts'
import { type PluginSubject, planContext, projectOf, recordsOf } from '../../testing/plugin-law.ts'
import { fewShot } from '../few-shot.ts'
import type { Seed } from '../read-seeds.ts'

type Facts = NonNullable<PluginSubject['records']>
type Unit = Omit<Parameters<typeof fewShot.propose>[0], 'ask'>

const between = ['warm', 'cold']

/** Texts of either label, from typical (0) to right at the boundary (`count` − 1): the later, the more words of the other. */
function spectrum(count: number): Facts {
  const say = (own: string, other: string, at: number) =>
    [
      ...Array.from({ length: 2 * count - at }, (_, n) => `${own}${n}`),
      ...Array.from({ length: at }, (_, n) => `${other}${n}`),
    ].join(' ')
  return between.flatMap((label, side) =>
    Array.from({ length: count }, (_, at) => ({
      fields: { text: say(label, between[1 - side]!, at) },
      labels: [label],
      id: `${label} ${at}`,
    })),
  )
}

async function planned(records: Facts, more: Record<string, unknown> = {}) {
  const subject = { records, params: [] }
  const params = fewShot.params.parse({ mode: 'boundary', between, ...more })
  const plan = await fewShot.plan({ ...planContext(subject), params })
  const material = plan.material as unknown as { seeds: Seed[] }
  const unit = (cell: string, cellOrdinal = 0): Unit => ({
    ...{ params, project: projectOf(subject), material: JSON.parse(JSON.stringify(plan.material)), cell, cellOrdinal },
    ...{ asks: 3, feedback: { kept: [], disliked: [] }, random: randomStream(`${cell} ${cellOrdinal}`) },
  })
  return { plan, material, unit }
}

const said = (unit: Unit) => fewShot.preview!(unit)[0]!.messages[1]!.content

function listed(unit: Unit, tag: string): string[] {
  const list = new RegExp(`<${tag}>\n([\\s\\S]*?)\n</${tag}>`).exec(said(unit))?.[1]
  return list ? list.split('\n').map(line => JSON.parse(line)) : []
}

function answered(unit: Unit, texts: string[]) {
  const ask: Ask = async request => ({
    ...{ kind: 'reply', value: request.schema!.parse({ texts }), truncated: false, call: 'call' },
  })
  return fewShot.propose({ ...unit, ask })
}

describe('the laws of a generator', () => {
  const lost = { mode: 'boundary', between: ['lost', 'late'] }
  const examples = { lost: ['Gone!'], late: ['Where is it?'] }
  it.each(
    generatorLaws({
      generator: fewShot,
      params: [lost, { ...lost, steps: 2, stepField: 'step', similar: 0, contrast: 0 }, { ...lost, examples }],
    }),
  )('$title', ({ check }) => check())
})

describe('steps', () => {
  it('are taken evenly, the middle first, each meant the same on both sides', async () => {
    for (const steps of [2, 4, 6, 8, 10, 12]) {
      const { unit } = await planned(spectrum(4), { steps })
      const half = steps / 2
      const taken = between.map(label =>
        Array.from({ length: 2 * half + 1 }, (_, ordinal) =>
          Number(/about (\d+) of them/.exec(said(unit(label, ordinal)))![1]),
        ),
      )
      expect(taken[0]).toEqual(taken[1])
      const [round, again, next] = [taken[0]!.slice(0, half), taken[0]!.slice(half, 2 * half), taken[0]!.at(-1)]
      expect(again).toEqual(round)
      expect(next).toBe(round[0])
      expect(round).toEqual([...new Set(round)].toSorted((a, b) => a - b))
      expect(round[0]).toBeGreaterThan(50)
      expect(round.at(-1)).toBeLessThan(100)
      // Nearer to one another towards the middle.
      const gaps = round.slice(1).map((readers, at) => readers - round[at]!)
      expect(gaps).toEqual(gaps.toSorted((a, b) => a - b))
    }
  })

  it('show what lies about there on both sides: near the middle what is nearest to the other label, at the end what is typical', async () => {
    const { unit } = await planned(spectrum(24), { similar: 3, contrast: 3 })
    const places = new Map(
      recordsOf({ records: spectrum(24), params: [] }).map(({ id, fields }) => [
        fields['text'],
        Number(id.split(' ')[1]),
      ]),
    )
    const mean = (texts: string[]) => texts.reduce((sum, text) => sum + places.get(text)!, 0) / texts.length
    for (const label of between) {
      const [near, middle, far] = [0, 1, 2].map(ordinal => mean(listed(unit(label, ordinal), 'this-side')))
      expect(near).toBeGreaterThan(middle! + 3)
      expect(middle).toBeGreaterThan(far! + 3)
      const [others, , typical] = [0, 1, 2].map(ordinal => mean(listed(unit(label, ordinal), 'other-side')))
      expect(others).toBeGreaterThan(typical! + 6)
    }
  })

  it('are a number of the record where the recipe asks for it, and nowhere else', async () => {
    const plain = await planned(spectrum(4))
    const [made] = await answered(plain.unit('warm'), ['A new one'])
    expect(made!.fields).toEqual({ text: 'A new one' })
    const asked = await planned(spectrum(4), { stepField: 'towardsCold' })
    const steps = [
      ['warm', 2],
      ['warm', 1],
      ['warm', 0],
      ['cold', 0],
      ['cold', 1],
      ['cold', 2],
    ] as const
    const made6 = await Promise.all(
      steps.map(([label, ordinal]) => answered(asked.unit(label, ordinal), ['A new one'])),
    )
    const values = made6.map(([proposal]) => proposal!.fields!['towardsCold'] as number)
    expect(values).toEqual(values.toSorted((a, b) => a - b))
    for (const [at, value] of values.entries()) expect(value).toBeCloseTo(1 - values[5 - at]!, 10)
  })
})

describe('seeds', () => {
  it('are training records with one of the two labels, never rejected, held out, or with both', async () => {
    const facts = fc.record({
      fields: fc.record({
        // A text may say “{{” itself; here it would hide a slot that was not filled.
        text: fc.string({ minLength: 1, maxLength: 12 }).filter(text => text.trim() !== '' && !text.includes('{{')),
      }),
      labels: fc.subarray([...between, 'mild']),
      split: fc.constantFrom('train' as const, 'validation' as const, 'test' as const),
      status: fc.constantFrom('pending' as const, 'accepted' as const, 'rejected' as const),
    })
    const least = between.map(label => ({ fields: { text: `just ${label}` }, labels: [label] }))
    await fc.assert(
      fc.asyncProperty(fc.array(facts, { maxLength: 25 }), async drawn => {
        const records = [...drawn, ...least]
        const { material, plan, unit } = await planned(records)
        const byId = new Map(recordsOf({ records, params: [] }).map(record => [record.id, record]))
        for (const { id, text } of material.seeds) {
          const record = byId.get(id!)!
          expect(record).toMatchObject({ split: 'train', fields: { text } })
          expect(record.status).not.toBe('rejected')
          expect(between.filter(label => record.labels.includes(label))).toHaveLength(1)
        }
        expect(plan.cells).toEqual(between)
        for (const label of between) expect(said(unit(label))).not.toMatch(/\{\{|\n\n\n/)
      }),
      { numRuns: 40 },
    )
  })

  it('leave out what its neighbours take for the other label, and name it', async () => {
    const stray = { fields: { text: 'cold0 cold1 cold2 cold3 cold4 cold5 cold6 cold7' }, labels: ['warm'], id: 'stray' }
    const { material, plan } = await planned([...spectrum(12), stray])
    expect(material.seeds.map(({ id }) => id)).not.toContain('stray')
    expect(plan.notes.join('\n')).toMatch(/left out, for their neighbours are rather cold: \d+ \([^)]*stray/)
    const all = await planned([...spectrum(12), stray], { suspicion: 1 })
    expect(all.plan.notes.join('\n')).not.toContain('left out')
  })

  it('are the chosen examples alone, whatever their neighbours say', async () => {
    const examples = { warm: ['cold0 cold1 cold2', 'warm 0'], cold: ['cold 1'] }
    const { material, unit } = await planned(spectrum(6), { examples })
    expect(material.seeds.map(({ text }) => text)).toEqual(
      expect.arrayContaining(['cold0 cold1 cold2', spectrum(6)[0]!.fields['text']]),
    )
    expect(material.seeds).toHaveLength(3)
    expect(listed(unit('warm'), 'this-side').toSorted()).toEqual(listed(unit('cold'), 'other-side').toSorted())
  })

  it('are refused where nothing parts the two labels', async () => {
    const both = [{ fields: { text: 'warm and cold' }, labels: between }]
    await expect(planned(both)).rejects.toMatchObject({ code: 'bad-recipe', hint: expect.stringContaining('exclude') })
    await expect(planned(spectrum(3), { between: ['warm', 'mild'] })).rejects.toMatchObject({ code: 'bad-recipe' })
  })
})

describe('what comes of it', () => {
  it('has the label of its side, and is no copy of what was shown', async () => {
    const { unit } = await planned(spectrum(4))
    const [shown] = listed(unit('cold'), 'other-side')
    const made = await answered(unit('cold'), ['A new one', shown!.toUpperCase()])
    expect(made).toMatchObject([{ cell: 'cold', labels: ['cold'] }, { reject: { critic: 'copy' } }])
  })

  it('goes before the critic `label`, which chooses between the two', () => {
    const critics = (params: unknown) => fewShot.critics!(fewShot.params.parse(params))
    expect(critics({ mode: 'boundary', between })).toEqual([{ kind: 'label', labels: between }])
    expect(critics({})).toEqual([])
    expect(critics({ mode: 'wrong', predictions: 'p.csv' })).toEqual([])
  })
})
