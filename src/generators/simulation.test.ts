/** The generator `simulation`: which rows it takes, what its scribes make of them, and what it says of recipes that are wrong. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Ask, FindSimulation, Plan, Proposal } from '../engine/define.ts'
import type { Json } from '../model/json.ts'
import { project } from '../model/project.ts'
import type { StoredRecord } from '../model/record.ts'
import { agent, defineSimulation, Model, z } from '../simulations/index.ts'
import { startSimulation } from '../simulations/run-simulation.ts'
import type { Simulation } from '../simulations/simulation.ts'
import { randomStream } from '../stats/random-stream.ts'
import { generatorLaws } from '../testing/generator-laws.ts'
import { simulation } from './simulation.ts'
import { cellOf } from './table/cell-of.ts'

const parameters = z.object({
  machines: z.int().min(1).max(50).default(6).describe('Machines'),
  breaksAt: z.int().min(0).default(0).describe('Step at which the model throws; 0: never'),
})
const causes = ['bearing', 'jam', 'sensor'] as const

class Machine extends agent({ stopped: 'u16' }) {}

/** Machines that fail by chance. The table of machines is written when all is over, so that failures refer to what comes later. */
class Plant extends Model<z.infer<typeof parameters>> {
  readonly machines = this.createPopulation(Machine)
  readonly failures = this.createTable('failures', {
    machine: 'integer',
    cause: causes,
    minutes: { decimals: 1 },
    at: 'datetime',
    crew: 'text',
  })
  readonly inventory = this.createTable('machines', { id: 'integer', model: ['P-40', 'L-7'], hall: 'integer' })
  readonly halls = this.createTable('halls', { hall: 'integer', city: 'text' })

  override setup() {
    this.machines.addMany(this.parameters.machines)
    this.halls.add({ hall: 1, city: 'Hildesheim' })
  }

  override step() {
    if (this.steps === this.parameters.breaksAt) throw new TypeError('out of oil')
    this.machines.do(machine => {
      if (!this.random.chance(0.3)) return
      const minutes = this.random.between(5, 300)
      this.failures.add({
        machine: machine.id,
        cause: this.random.pick(causes),
        minutes,
        at: Date.UTC(2026, 2, 1) + 60_000 * this.steps,
        crew: this.random.chance(0.5) ? 'north' : null,
      })
    })
    if (this.steps === 40)
      // The last machine is in no list, and of the others every second stands in a hall that is in none.
      for (let id = 1; id < this.parameters.machines; id++)
        this.inventory.add({ id, model: id % 2 === 0 ? 'P-40' : 'L-7', hall: 1 + (id % 2) })
  }
}

const plant = defineSimulation({
  name: 'plant',
  version: 3,
  summary: 'Machines that fail',
  parameters,
  steps: 40,
  stepMeans: 'a minute',
  model: Plant,
  keys: [
    {
      table: 'machines',
      primaryKey: ['id'],
      foreignKeys: [{ columns: ['hall'], table: 'halls', references: ['hall'] }],
    },
    {
      table: 'failures',
      primaryKey: [],
      foreignKeys: [{ columns: ['machine'], table: 'machines', references: ['id'] }],
    },
  ],
}) as unknown as Simulation

const findSimulation: FindSimulation = async () => ({ simulation: plant, hash: 'abc' })
const records = project.parse({ name: 'test', kind: 'records' })

async function planned(params: Record<string, unknown>, of = records) {
  const read = simulation.params.parse({ simulation: './plant.ts', table: 'failures', ...params })
  const shared = { params: read, project: of, findSimulation }
  const plan: Plan = await simulation.plan({
    ...shared,
    random: randomStream('plan'),
    records: none,
    readText: async () => '',
  })
  const unit = (cellOrdinal: number, asks: number) => ({
    ...shared,
    material: plan.material,
    cell: plan.cells[0]!,
    cellOrdinal,
    asks,
    feedback: { kept: [], disliked: [] },
    random: randomStream('unit').fork(cellOrdinal),
  })
  const propose = (cellOrdinal: number, asks: number, ask: Ask = nobody): Promise<Proposal[]> =>
    Promise.resolve(simulation.propose({ ...unit(cellOrdinal, asks), ask }))
  return { plan, propose, preview: (cellOrdinal = 0, asks = 5) => simulation.preview!(unit(cellOrdinal, asks)) }
}

const none = () => ReadableStream.from<StoredRecord>([])
const nobody: Ask = () => Promise.reject(new Error('asks no model'))

async function fieldsOf(params: Record<string, unknown>): Promise<Record<string, Json>[]> {
  const { propose } = await planned(params)
  return (await propose(0, 500)).map(({ fields }) => fields!)
}

/** Rows of a table as the run itself writes them. */
function written(name: string, order: { parameters?: Record<string, unknown>; seed: number; steps?: number }) {
  return [...startSimulation(plant, order).run()]
    .filter(block => block.name === name)
    .flatMap(({ rows, columns }) =>
      Array.from({ length: rows }, (_, row) =>
        Object.fromEntries(columns.map(column => [column.name, cellOf(column, row)])),
      ),
    )
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

describe('a teacher', () => {
  const params = { seed: 5, columns: ['machine', 'cause', 'minutes'], scribe: { prompt: 'Notes.', perCall: 3 } }
  type Row = { row?: unknown; input?: unknown; context?: unknown; output?: unknown }

  async function answered(items: (rows: Record<string, Json>[]) => Row[], more = {}, truncated = false) {
    const { propose, plan } = await planned({ ...params, ...more })
    const told = (plan.material as { told: { facts: Record<string, Json> }[] }).told.map(({ facts }) => facts)
    const ask = (async request => ({
      ...{ kind: 'reply', truncated, call: 'call' },
      value: request.schema!.parse({ records: items(told.slice(0, 3)) }),
    })) as Ask
    return propose(0, 3, ask)
  }
  const good = (rows: Record<string, Json>[]): Row[] =>
    rows.map(({ machine, cause, minutes }, place) => ({
      row: place + 1,
      input: `What happened to machine ${machine}?`,
      context: `It stood still for ${minutes} minutes.`,
      output: `The ${cause}.`,
    }))
  const reasons = (proposals: Proposal[]) => proposals.map(({ reject }) => reject?.reason)

  it('is told of rows that are frozen with the run, in the columns that are named, and writes what it likes about them', async () => {
    const { plan, preview } = await planned(params)
    const { told } = plan.material as { told: { facts: object }[] }
    const all = written('failures', { seed: 5 }).map(({ machine, cause, minutes }) => ({ machine, cause, minutes }))
    expect(told.map(({ facts }) => facts)).toEqual(all)
    expect(plan.perUnit).toBe(3)
    expect(plan.defaultTarget).toBeUndefined()
    const shown = (ordinal: number) => preview(ordinal, 3)[0]!.messages[1]!.content
    expect(shown(1)).toContain(`1: {"machine": ${all[3]!.machine}, "cause": "${all[3]!.cause}"`)
    expect(shown(1)).not.toContain('4: {')
    expect(await preview(1000, 3)).toEqual([])
    const proposals = await answered(good)
    expect(reasons(proposals)).toEqual([undefined, undefined, undefined])
    expect(proposals[1]).toMatchObject({
      call: 'call',
      fields: { ...all[1], input: `What happened to machine ${all[1]!.machine}?`, source: { seed: 5, row: 2 } },
    })
  })

  it('is not believed where a figure is not of the row, unless that is wanted', async () => {
    const invent = (rows: Record<string, Json>[]) =>
      good(rows).map((row, place) => (place === 1 ? { ...row, output: 'It took 7777 minutes.' } : row))
    const said = await answered(invent)
    expect(said.map(({ reject }) => reject?.critic)).toEqual([undefined, 'figures', undefined])
    expect(said[1]!.reject!.reason).toBe('`output` says 7777, which is no figure of its row')
    const any = { scribe: { ...params.scribe, figures: 'any' } }
    expect(reasons(await answered(invent, any))).toEqual([undefined, undefined, undefined])
    const known = { scribe: { ...params.scribe, prompt: 'A repair takes 7777 minutes.' } }
    expect(reasons(await answered(invent, known))).toEqual([undefined, undefined, undefined])
  })

  it('is told by name what is wrong with an item, at the price of that item alone', async () => {
    const spoilt = await answered(rows => {
      const [first, second, third] = good(rows)
      return [first!, { ...second, row: 1 }, { ...third, output: ' ' }, { ...third, row: 9 }, second!]
    })
    expect(reasons(spoilt)).toEqual([
      undefined,
      'row 1 is told of already',
      'there is no `output`',
      'it does not say which row it tells of',
      undefined,
    ])
    expect(reasons(await answered(good, {}, true))[2]).toContain('the output limit cut the reply')
  })

  it('may refuse', async () => {
    const { propose } = await planned(params)
    const ask = (async () => ({ kind: 'refused', text: 'I would rather not.', call: 'call' })) as Ask
    expect(await propose(0, 3, ask)).toMatchObject([{ reject: { critic: 'refused' }, call: 'call' }])
  })
})

describe('a recipe that is wrong', () => {
  const plain = { input: 'a', output: 'b' }
  it.each([
    [{ table: 'failure' }, '“./plant.ts” writes no table “failure”. | Did you mean “failures”?'],
    [{ table: undefined }, 'does not say whose rows become records. | Give params.table: failures, machines, halls.'],
    [{ parameters: { machines: 99 } }, 'Parameter “machines”'],
    [{ where: 'minutes' }, 'params.where: A condition is true or false, but this is a number'],
    [
      { where: 'minute > 3' },
      'params.where: There is no column "minute" (character 1 of the expression). | Did you mean minutes?',
    ],
    [{ columns: ['machine.modell'] }, 'the table “machines” has no column “modell”. | Did you mean “machine.model”?'],
    [{ columns: ['crew.name'] }, 'params.columns: There is no column "crew.name"'],
    [{ label: 'grund' }, 'params.label: There is no column "grund"'],
    [{ where: 'minutes > 1000' }, 'In 40 steps the table “failures” gets 0 such rows, and 1 are asked for.'],
    [{ rows: 5000 }, 'and 5000 are asked for. | Ask for fewer, or for more steps.'],
    [{ columns: { source: 'machine' } }, 'a record has a field “source” already. | Say source: false'],
    [{ columns: ['machine'], scribe: { ...plain, choices: { cause: ['x'] } } }, 'there is a column “cause” already'],
    [{ scribe: { ...plain, output: ['a', '{minutes'] } }, 'params.scribe.output.1: the brace at character 1'],
    [{ scribe: { ...plain, output: [{ text: 'a', when: 'cause = 3' }] } }, 'params.scribe.output.when: '],
    [{ scribe: { ...plain, input: '{lead}' } }, 'params.scribe.input: There is no column "lead"'],
    [{ parameters: { breaksAt: 12 } }, '“plant” stopped at step 12, when machine'],
  ])('is told where: %j', async (params, said) => {
    const failure = await planned(params).then(
      () => undefined,
      error => error,
    )
    expect(`${failure?.message} | ${failure?.hint}`).toContain(said.replace(', when machine', ''))
  })

  it('is told that a project of texts has no place for such records', async () => {
    const texts = project.parse({ name: 'texts' })
    await expect(planned({}, texts)).rejects.toMatchObject({ code: 'bad-recipe' })
    await expect(planned({ columns: { text: 'cause' }, source: false }, texts)).resolves.toBeDefined()
  })

  it('is told which simulations there are', async () => {
    const params = simulation.params.parse({ simulation: 'wolf-sheeep' })
    const context = { params, project: records, random: randomStream('plan'), readText: async () => '' }
    await expect((async () => simulation.plan({ ...context, records: none }))()).rejects.toMatchObject({
      code: 'not-found',
      hint: expect.stringContaining('wolf-sheep'),
    })
  })

  it.each([
    { columns: [] },
    { every: 0 },
    { scribe: { input: 'a' } },
    { scribe: { prompt: '' } },
    { scribe: { input: 'a', output: 'b', prompt: 'c' } },
  ])('is refused before a run: %j', params => {
    expect(simulation.params.safeParse({ simulation: 'plant', ...params }).success).toBe(false)
  })
})

it.each(generatorLaws({ generator: simulation, params: [{ simulation: 'wolf-sheep', steps: 3 }], project: records }))(
  '$title',
  ({ check }) => check(),
)
