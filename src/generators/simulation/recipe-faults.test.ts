/** What the generator `simulation` says of recipes that are wrong. */
import { describe, expect, it } from 'vitest'
import { noRecords, ofRecords, planned } from '../../../test/simulated-plant.ts'
import { project } from '../../model/project.ts'
import { randomStream } from '../../stats/random-stream.ts'
import { simulation } from '../simulation.ts'

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
    const context = { params, project: ofRecords, random: randomStream('plan'), readText: async () => '' }
    await expect((async () => simulation.plan({ ...context, records: noRecords }))()).rejects.toMatchObject({
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
