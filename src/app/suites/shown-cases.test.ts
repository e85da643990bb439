/** Test cases of a trial: paged without a gap, edited so that the edit is what a target is asked, and as they were again. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { temporaryWorkspace } from '../../../test/temporary-workspace.ts'
import type { ShownCase } from '../../model/api/suite-shapes.ts'
import { CultivarError } from '../../model/error.ts'
import type { Example } from '../../model/example.ts'
import { createProject } from '../projects.ts'
import { listCases, saveCases } from './shown-cases.ts'
import { findTrial, generateTrial, runTrial } from './trial.ts'
import { trialSummary } from './trial-summary.ts'

const texts = ['Where is my card?', 'I was in Paris with Anna Berg.', 'Please send it back to me.']
const examples: Example[] = texts.map((text, at) => ({
  ...{ id: `r${at}`, text, labels: ['a'] },
  entities: text.includes('Paris') ? [{ start: 9, end: 14, label: 'LOC' }] : [],
}))

async function trialOf(task: 'classification' | 'entities' = 'classification') {
  const workspace = await temporaryWorkspace()
  await createProject(workspace, { name: 'p', kind: task })
  const suite = {
    name: 's',
    tests: ['uppercase', 'lowercase'].map(kind => ({ category: 'robustness' as const, kind })),
    ...{ other: {}, notes: [] },
  }
  const trial = await generateTrial(workspace, { suite, project: 'p', task, examples, seed: 1 })
  return { workspace, trial }
}

it('gives each case once and in order, however many a page holds', async () => {
  const { workspace, trial } = await trialOf()
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 8 }), async limit => {
      const seen: string[] = []
      for (let after: number | undefined; ; ) {
        const page = await listCases(workspace, trial.id, { limit, after })
        seen.push(...page.cases.map(({ id }) => id))
        if (page.next === null) break
        after = page.next
      }
      expect(seen).toEqual(trial.cases.map(({ id }) => id))
    }),
  )
})

it('puts the edited text to the target, leaves out what was taken out, and takes both back', async () => {
  const { workspace, trial } = await trialOf()
  const [first, second, ...others] = trial.cases
  const edits = [
    { id: first!.id, testCase: 'Another text' },
    { id: second!.id, testCase: null },
  ]
  const { cases } = await saveCases(workspace, trial.id, edits)
  expect(cases.map(({ state, testCase }) => [state, testCase])).toEqual([
    ['edited', 'Another text'],
    ['dropped', second!.testCase],
  ])
  const changed = await findTrial(workspace, trial.id)
  expect(changed.cases.map(({ testCase }) => testCase)).toEqual(['Another text', ...others.map(each => each.testCase)])
  const counts = await listCases(workspace, trial.id, { limit: 50, state: 'edited' })
  expect(counts.cases.map(({ id }) => id)).toEqual([first!.id])

  await saveCases(
    workspace,
    trial.id,
    [first!, second!].map(({ id, testCase }) => ({ id, testCase })),
  )
  expect((await findTrial(workspace, trial.id)).cases).toEqual(trial.cases)
})

it('loses no edit of two that save at once, and refuses an empty text or a case that is not there', async () => {
  const { workspace, trial } = await trialOf()
  const save = (id: string, testCase: string) => saveCases(workspace, trial.id, [{ id, testCase }])
  await Promise.all(trial.cases.map(({ id }) => save(id, `now ${id}`)))
  const { cases } = await findTrial(workspace, trial.id)
  expect(cases.map(({ testCase }) => testCase)).toEqual(trial.cases.map(({ id }) => `now ${id}`))
  for (const [id, text, path] of [
    [trial.cases[0]!.id, '  ', 'cases.0.testCase'],
    ['nobody/r9', 'text', 'cases.0.id'],
  ] as const)
    await expect(save(id, text)).rejects.toMatchObject({ code: 'bad-input', details: { errors: [{ path }] } })
  await expect(listCases(workspace, 'ffff', { limit: 1 })).rejects.toBeInstanceOf(CultivarError)
})

it('moves entities along with an edit and names those that it took apart', async () => {
  const { workspace, trial } = await trialOf('entities')
  const { id, testCase } = trial.cases.find(each => each.test === 'uppercase' && each.entities.length > 0)!
  const moved = await saveCases(workspace, trial.id, [{ id, testCase: `Well, ${testCase}` }])
  expect(moved.cut).toEqual([])
  const [
    {
      entities: [entity],
      testCase: text,
    },
  ] = moved.cases as [ShownCase]
  expect(text.slice(entity!.start, entity!.end)).toBe('PARIS')
  const cut = await saveCases(workspace, trial.id, [{ id, testCase: testCase.replace('PARIS', 'PA') }])
  expect(cut.cut).toEqual([{ id, words: 'PARIS', label: 'LOC' }])
})

it('says that results are of other cases once one was edited', async () => {
  const { workspace, trial } = await trialOf()
  const target = {
    ...{ name: 'm', kind: 'model', task: 'classification' as const },
    predict: async (asked: readonly string[]) => asked.map(() => ({ labels: [{ label: 'a' }], entities: [] })),
  }
  await runTrial(workspace, trial, { target })
  expect(await trialSummary(workspace, trial.id)).toMatchObject({ stale: false, cases: 6, report: { pass: true } })
  await new Promise(resolve => setTimeout(resolve, 5))
  await saveCases(workspace, trial.id, [{ id: trial.cases[0]!.id, testCase: 'Another text' }])
  expect(await trialSummary(workspace, trial.id)).toMatchObject({ stale: true })
})
