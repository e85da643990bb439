/** The laws of a generator: what the engine relies on to repeat, resume and parallelise a run. */
import assert from 'node:assert/strict'
import type { AnyGenerator, AskRequest, Plan, Proposal, UnitContext } from '../engine/define.ts'
import { chatRequest } from '../engine/door.ts'
import { randomStream } from '../stats/random-stream.ts'
import type { Law } from './law.ts'
import { lawOf, type PluginSubject, planContext, projectOf, recipeLaws, stored } from './plugin-law.ts'
import { scriptedAsk } from './scripted-ask.ts'

export interface GeneratorSubject extends PluginSubject {
  generator: AnyGenerator
}

/** Cells that are tried, and units of each. */
const [mostCells, unitsPerCell] = [5, 3]
const mostAsks = 5

/** To be run as tests: `it.each(generatorLaws({ generator, params: [{ … }] }))('$title', ({ check }) => check())`. */
export function generatorLaws(subject: GeneratorSubject): Law[] {
  const { generator } = subject
  const law = (title: string, holds: (params: unknown) => Promise<void>) => lawOf(subject, title, holds)

  return [
    ...recipeLaws(generator, subject.params),

    law('its plan has cells, each once, material that is JSON, and units of at least one candidate', async params => {
      const { cells, material, perUnit, roundSize = 1 } = await planned(subject, params)
      assert.ok(cells.length > 0, 'a plan needs a cell: `all`, if there is nothing to tell apart')
      assert.deepEqual(cells, [...new Set(cells)])
      assert.deepEqual(stored(material), material, 'the material changes when it is stored as JSON')
      assert.ok(Number.isInteger(perUnit) && perUnit >= 1, `perUnit is ${perUnit}`)
      assert.ok(Number.isInteger(roundSize) && roundSize >= 1, `roundSize is ${roundSize}`)
    }),

    law(
      'targets of its plan are whole numbers of records for cells that it has, and not all of them 0',
      async params => {
        const { cells, targets } = await planned(subject, params)
        if (targets === undefined) return
        for (const [cell, count] of Object.entries(targets)) {
          assert.ok(cells.includes(cell), `it has a target for ${cell}, which is no cell`)
          assert.ok(Number.isInteger(count) && count >= 0, `the target of ${cell} is ${count}`)
        }
        assert.ok(
          Object.values(targets).some(count => count > 0),
          'its targets are all 0: leave them out',
        )
      },
    ),

    law('it plans the same from the same records and random stream', async params => {
      assert.deepEqual(await planned(subject, params), await planned(subject, params))
    }),

    law('a unit proposes the same again, whatever other units drew, in whatever order they ran', async params => {
      const plan = await planned(subject, params)
      const together = await Promise.all(unitsOf(subject, params, plan).map(unit => propose(subject, unit)))
      for (const [at, unit] of [...unitsOf(subject, params, plan).entries()].reverse()) {
        // As after a crash: nothing is shared with what ran before.
        const alone = { ...unit, params: generator.params.parse(params), material: stored(plan.material) }
        assert.deepEqual(await propose(subject, alone), together[at], `cell ${unit.cell}, unit ${unit.cellOrdinal}`)
      }
    }),

    law('its candidates are in cells of the plan', async params => {
      const { cells, proposals } = await proposed(subject, params)
      for (const { cell } of proposals) assert.ok(cell === undefined || cells.includes(cell), `${cell} is no cell`)
    }),

    law('its spans are stretches of their text, none of them empty', async params => {
      const { proposals } = await proposed(subject, params)
      for (const { fields = {}, spans = [] } of proposals) {
        for (const { field, start, end, label } of spans) {
          const text = fields[field]
          assert.ok(typeof text === 'string', `span ${label} is in ${field}, which is no text`)
          const within = [start, end].every(Number.isInteger) && 0 <= start && start < end && end <= text.length
          assert.ok(within, `span ${label}, ${start} to ${end}, in ${JSON.stringify(text)}`)
        }
      }
    }),

    law('it asks a model first what its preview shows, and none unless it says so', async params => {
      for (const unit of unitsOf(subject, params, await planned(subject, params))) {
        const { ask, asked } = scriptedAsk(subject.replies)
        await generator.propose({ ...unit, random: streamOf(unit), ask })
        assert.ok(generator.usesModel || asked.length === 0, 'it asks a model: say `usesModel: true`')
        const preview = generator.preview?.({ ...unit, random: streamOf(unit) })
        if (preview) assert.deepEqual(sent(preview[0]), sent(asked[0]))
      }
    }),
  ]
}

async function planned(subject: GeneratorSubject, params: unknown): Promise<Plan> {
  return subject.generator.plan({ ...planContext(subject), params: subject.generator.params.parse(params) })
}

type TriedUnit = Omit<UnitContext<unknown>, 'random'>

/** Units of a run, sharing parameters and material as in one. */
function unitsOf(subject: GeneratorSubject, given: unknown, { cells, material, perUnit }: Plan): TriedUnit[] {
  const shared = { params: subject.generator.params.parse(given), material: stored(material) }
  const learned = { kept: ['A text that was kept'], disliked: ['A text that was disliked'] }
  return cells.slice(0, mostCells).flatMap(cell =>
    Array.from({ length: unitsPerCell }, (_, cellOrdinal) => ({
      ...{ ...shared, project: projectOf(subject), cell, cellOrdinal, asks: Math.min(perUnit, mostAsks) },
      feedback: subject.generator.usesFeedback && cellOrdinal > 0 ? learned : { kept: [], disliked: [] },
    })),
  )
}

const streamOf = ({ cell, cellOrdinal }: TriedUnit) => randomStream('laws').fork(cell).fork(cellOrdinal)

async function propose(subject: GeneratorSubject, unit: TriedUnit): Promise<Proposal[]> {
  return subject.generator.propose({ ...unit, random: streamOf(unit), ask: scriptedAsk(subject.replies).ask })
}

/** What its units propose, but for what they reject themselves. */
async function proposed(subject: GeneratorSubject, params: unknown) {
  const plan = await planned(subject, params)
  const all = await Promise.all(unitsOf(subject, params, plan).map(unit => propose(subject, unit)))
  const proposals = all.flat().filter(({ reject }) => !reject)
  assert.ok(proposals.length > 0, 'it proposes nothing: give other `replies` or `records`')
  return { cells: plan.cells, proposals }
}

const sent = (request?: AskRequest<unknown>) => request && [request.prompt, chatRequest(request, undefined)]
