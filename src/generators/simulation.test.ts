/** The generator `simulation`: which rows it takes, and what its templates make of them. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ofRecords, planned, written } from '../../test/simulated-plant.ts'
import type { Json } from '../model/json.ts'
import { generatorLaws } from '../testing/generator-laws.ts'
import { simulation } from './simulation.ts'

async function fieldsOf(params: Record<string, unknown>): Promise<Record<string, Json>[]> {
  const { propose } = await planned(params)
  return (await propose(0, 500)).map(({ fields }) => fields!)
}

describe('rows', () => {
  it('are those of the run, whatever is asked for first and however often', async () => {
    const { plan, propose } = await planned({ parameters: { machines: 50 }, steps: 200, seed: 5, source: false })
    const all = written('failures', { parameters: { machines: 50 }, seed: 5, steps: 200 })
    expect(plan.defaultTarget).toBe(all.length)
    expect(plan.perUnit).toBe(500)
    const read = fc.tuple(fc.integer({ min: 0, max: Math.ceil(all.length / 500) }), fc.integer({ min: 1, max: 500 }))
    await fc.assert(
      fc.asyncProperty(fc.array(read, { minLength: 1, maxLength: 6 }), async reads => {
        const found = await Promise.all(reads.map(([ordinal, asks]) => propose(ordinal, asks)))
        for (const [at, [ordinal, asks]] of reads.entries()) {
          expect(found[at]!.map(({ fields }) => fields)).toEqual(all.slice(500 * ordinal, 500 * ordinal + asks))
        }
      }),
      { numRuns: 15 },
    )
  })

  it('are those that fulfil the condition, of every so many steps', async () => {
    const all = written('failures', { seed: 5 })
    const wanted = all.filter(({ minutes, step }) => (minutes as number) > 100 && (step as number) % 3 === 0)
    expect(wanted.length).toBeGreaterThan(5)
    expect(await fieldsOf({ seed: 5, where: 'minutes > 100', every: 3, source: false })).toEqual(wanted)
  })

  it('say where they are from', async () => {
    const [first] = await fieldsOf({ seed: 5, where: 'machine = 2', parameters: { machines: 7 } })
    const all = written('failures', { seed: 5, parameters: { machines: 7 } })
    const row = all.findIndex(({ machine }) => machine === 2)
    expect(first).toEqual({
      ...all[row],
      source: {
        ...{ simulation: './plant.ts', version: 3, parameters: { machines: 7 }, seed: 5, table: 'failures' },
        ...{ step: all[row]!['step'], row: row + 1 },
      },
    })
  })

  it('freeze with the run what it takes to make it again, defaults too', async () => {
    const { plan } = await planned({ seed: 5 })
    expect(plan.material).toEqual({
      facts: {
        ...{ simulation: './plant.ts', version: 3, hash: 'abc', parameters: { machines: 6, breaksAt: 0 } },
        ...{ seed: 5, steps: 40, table: 'failures' },
      },
      origin: 'plant: Machines that fail; a step is a minute',
    })
    expect((await planned({})).plan.material).toEqual((await planned({})).plan.material)
  })

  it('have the columns that are named, those of rows that they refer to, and what is worked out', async () => {
    const machines = new Map(written('machines', { seed: 5 }).map(row => [row['id'], row]))
    const rows = await fieldsOf({
      ...{ seed: 5, source: false, label: 'cause' },
      columns: {
        machine: 'machine',
        model: 'machine.model',
        city: 'machine.hall.city',
        hours: 'round(minutes / 60, 2)',
      },
    })
    const all = written('failures', { seed: 5 })
    expect(rows).toEqual(
      all.map(({ machine, minutes }) => {
        const { model = null, hall } = machines.get(machine!) ?? {}
        const hours = Math.round((minutes as number) / 0.6) / 100
        return { machine, model, city: hall === 1 ? 'Hildesheim' : null, hours: expect.closeTo(hours, 2) }
      }),
    )
    expect(new Set(rows.map(row => row['model']))).toEqual(new Set(['P-40', 'L-7', null]))
    expect(new Set(rows.map(row => row['city']))).toEqual(new Set(['Hildesheim', null]))
    const { propose } = await planned({ seed: 5, label: 'machines.model' })
    const labels = (await propose(0, 500)).map(proposal => proposal.labels)
    expect(labels).toEqual(all.map(({ machine }) => [machines.get(machine!)?.['model']].filter(Boolean)))
  })

  it('are as many as are asked for, of a model that throws once these are there too', async () => {
    expect((await planned({ rows: 7 })).plan.defaultTarget).toBe(7)
    const { plan, propose } = await planned({ seed: 5, rows: 7, parameters: { breaksAt: 12 }, source: false })
    const all = written('failures', { seed: 5 })
    expect((await propose(0, plan.defaultTarget!)).map(({ fields }) => fields)).toEqual(all.slice(0, 7))
  })
})

describe('templates', () => {
  const scribe = {
    choices: {
      lead: ['Meanwhile', { text: 'After {round(minutes / 60, 1)} hours', when: 'minutes > 60', weight: 5 }],
      opening: ['{lead}:', ''],
    },
    input: ['Why does machine {machine} stand still?', 'What is wrong with {machine}?'],
    context: { text: 'x' },
    output: [
      { text: '{opening} change the bearing of the {machine.model}.', when: "cause = 'bearing'" },
      { text: '{opening} look for the {cause}.', when: "cause != 'bearing' and minutes > 20" },
      { text: 'Wait.', when: "cause != 'bearing' and minutes <= 20" },
    ],
  }
  const { context: _, ...usual } = scribe

  it('give each row wordings that fit it, drawn by weight, the same for the same seed', async () => {
    const params = { seed: 5, steps: 200, columns: ['machine', 'cause', 'minutes', 'machine.model'], scribe: usual }
    const rows = await fieldsOf(params)
    expect(await fieldsOf(params)).toEqual(rows)
    expect(rows.length).toBeGreaterThan(300)
    const long = rows.filter(row => row['cause'] === 'bearing' && (row['minutes'] as number) > 60)
    for (const { cause, minutes, machine, output, input, context, ...row } of rows) {
      expect(context).toBeUndefined()
      expect([`Why does machine ${machine} stand still?`, `What is wrong with ${machine}?`]).toContain(input)
      const rest = String(output).replace(/^(Meanwhile:|After (\d+(\.\d)?) hours:)? ?/, '')
      const hours = /^After (\S+) hours/.exec(String(output))?.[1]
      if (hours !== undefined) expect(Math.abs(Number(hours) - (minutes as number) / 60)).toBeLessThanOrEqual(0.0501)
      if ((minutes as number) <= 60) expect(hours).toBeUndefined()
      if (cause === 'bearing') expect(rest).toBe(`change the bearing of the ${row['machine.model'] ?? ''}.`)
      else expect(rest).toBe((minutes as number) > 20 ? `look for the ${cause}.` : 'Wait.')
    }
    const opened = long.filter(({ output }) => /^(After|Meanwhile)/.test(String(output)))
    const after = opened.filter(({ output }) => String(output).startsWith('After'))
    // Half have an opening, and of these five in six say how long: within four deviations.
    expect(Math.abs(opened.length / long.length - 1 / 2)).toBeLessThan(4 * Math.sqrt(0.25 / long.length))
    expect(Math.abs(after.length / opened.length - 5 / 6)).toBeLessThan(4 * Math.sqrt(5 / 36 / opened.length))
  })

  it('say so where no variant fits a row', async () => {
    const output = [{ text: 'Long.', when: 'minutes > 100' }]
    const { propose } = await planned({ seed: 5, columns: ['minutes'], scribe: { input: 'How long?', output } })
    for (const { fields, reject } of await propose(0, 500)) {
      const fits = (fields!['minutes'] as number) > 100
      expect(reject?.reason).toBe(fits ? undefined : 'no variant of `output` fits the row')
    }
  })

  it('draw other wordings for another run', async () => {
    const texts = (seed: number) =>
      fieldsOf({ seed: 5, scribe: usual, steps: 100 + seed }).then(rows => rows.slice(0, 50).map(({ input }) => input))
    expect(await texts(1)).toEqual(await texts(2))
    const { propose } = await planned({ seed: 5, scribe: usual, steps: 100 })
    const inputs = (await propose(0, 50)).map(({ fields }) => String(fields!['input']).split(' ')[0])
    expect(new Set(inputs).size).toBe(2)
  })
})

it.each(generatorLaws({ generator: simulation, params: [{ simulation: 'wolf-sheep', steps: 3 }], project: ofRecords }))(
  '$title',
  ({ check }) => check(),
)
