/** A forecast sends nothing, and what it says of a run comes true. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type RecipeInput, recipe } from '../model/recipe.ts'
import type { ChatRequest } from '../model/request.ts'
import { scriptedModel, type TeacherOptions, teacher } from '../testing/index.ts'
import { displayWidth } from '../text/display-width.ts'
import { forecast } from './forecast.ts'
import { forecastText } from './forecast-text.ts'
import { createProject } from './projects.ts'
import { runRecipe } from './run-recipe.ts'
import { systemClock } from './system-clock.ts'
import { initWorkspace, openWorkspace, type Workspace } from './workspace.ts'

let workspace: Workspace
let folder: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-forecast-'))
  await initWorkspace(folder)
  workspace = await openWorkspace({ cwd: folder, environment: {} })
  await createProject(workspace, { name: 'p', egress: 'redacted' })
})

afterEach(async () => {
  await workspace.close()
  rmSync(folder, { recursive: true, force: true })
})

const scripted = (
  options: TeacherOptions = {},
  price: { input: number; output: number } | null = { input: 150, output: 600 },
) =>
  scriptedModel({ script: teacher(options), clock: systemClock, name: 'gpt', loopback: false, ...(price && { price }) })

const fewShot = (members: Partial<RecipeInput> = {}) =>
  recipe.parse({
    project: 'p',
    generator: 'few-shot',
    params: {
      examples: {
        lost: ['My card is gone.', 'I cannot find my card anywhere.'],
        stolen: ['Somebody took my card.', 'My card was stolen.'],
      },
      instructions: 'Write as if to jo@example.org.',
    },
    limits: { concurrency: 1 },
    target: 80,
    ...members,
  })

it('sends nothing, stores nothing, and tells calls, tokens, cost, hosts and warnings', async () => {
  const model = scripted()
  const plan = await forecast(
    workspace,
    fewShot({ critics: [{ kind: 'judge' }], limits: { concurrency: 600 }, budget: { calls: 60 } }),
    { models: [model] },
  )
  expect(model.calls).toEqual([])
  expect(await workspace.store.listRuns()).toEqual([])
  expect(existsSync(join(folder, '.cultivar', 'runs'))).toBe(false)
  expect(plan).toMatchObject({
    acceptance: { rate: 0.8, from: 'default' },
    candidates: 100,
    units: 10,
    kept: 0,
    redacted: true,
  })
  expect(plan.stages.map(({ stage, calls }) => [stage, calls])).toEqual([
    ['propose', 10],
    ['judge', 100],
    ['re-asks of judge', 3],
  ])
  expect(plan.total.calls).toBe(113)
  for (const stage of plan.stages) {
    expect(stage.inputTokens).toBeLessThanOrEqual(stage.inputTokensMost)
    expect(stage.outputTokens).toBeLessThanOrEqual(stage.outputTokensMost)
    expect(stage.nanoUsd).toBeLessThanOrEqual(stage.nanoUsdMost!)
  }
  expect(plan.hosts).toEqual([{ provider: 'gpt', model: 'scripted-1', host: 'scripted:gpt', leaves: true }])
  expect(plan.warnings).toHaveLength(2)
  expect(plan.warnings[0]).toContain('above 32 is wasted')
  expect(plan.warnings[1]).toContain('about 53 %')
})

it('shows the very prompt that the run then sends first, redacted, and bounds what it costs', async () => {
  const model = scripted()
  const plan = await forecast(workspace, fewShot(), { models: [model] })
  const report = await runRecipe(workspace, fewShot(), { models: [model] })
  expect((model.calls[0]!.request as ChatRequest).messages).toEqual(plan.prompt?.messages)
  expect(JSON.stringify(plan.prompt)).toContain('⟦EMAIL_1⟧')
  expect(JSON.stringify(plan.prompt)).not.toContain('jo@example.org')
  expect(report).toMatchObject({ run: plan.run, state: 'done' })
  expect(report.spent.calls).toBeLessThanOrEqual(plan.total.calls)
  expect(report.spent.nanoUsd).toBeLessThanOrEqual(plan.total.nanoUsdMost!)
  const rest = await forecast(workspace, fewShot({ target: 96 }), { models: [model] })
  expect(rest).toMatchObject({ run: report.run, kept: 80, candidates: 20, units: 2, acceptance: { from: 'run' } })
})

it('learns the acceptance rate from the project’s history', async () => {
  const model = scripted({ judge: { rejectShare: 0.4 } })
  await runRecipe(workspace, fewShot({ critics: [{ kind: 'judge' }] }), { models: [model] })
  const { acceptance } = await forecast(workspace, fewShot({ seed: 3 }), { models: [model] })
  expect(acceptance.from).toBe('history')
  expect(acceptance.rate).toBeGreaterThan(0.45)
  expect(acceptance.rate).toBeLessThan(0.75)
})

it('says where the run itself would ask an embedder', async () => {
  await createProject(workspace, { name: 'near', embedder: 'gpt' })
  const model = scripted()
  const plan = await forecast(workspace, fewShot({ project: 'near', teacher: 'gpt' }), { models: [model] })
  expect(plan.notes.join()).toContain('embedder “gpt”')
  expect(model.calls).toEqual([])
})

it('asks no model where the generator needs none', async () => {
  const plan = await forecast(
    workspace,
    fewShot({ generator: 'template', params: { templates: ['{n}'], slots: { n: ['a'] } } }),
    {},
  )
  expect(plan).toMatchObject({ stages: [], hosts: [], total: { calls: 0 } })
  expect(plan.prompt).toBeUndefined()
  expect(forecastText(plan)).toContain('no model is asked')
})

it.each([{ input: 150, output: 600 }, null])(
  'is told in 80 columns but for the prompt, which stays as it is: prices %j',
  async price => {
    const recipe = fewShot({ target: 120_000, critics: [{ kind: 'judge' }] })
    const plan = await forecast(workspace, recipe, { models: [scripted({}, price)] })
    const { prompt, ...rest } = plan
    for (const line of forecastText(rest).split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80)
    const told = forecastText(plan)
    for (const { content } of prompt!.messages) for (const line of content.split('\n')) expect(told).toContain(line)
  },
)
