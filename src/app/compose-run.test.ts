/** What a recipe leaves open is filled in, over real HTTP where a provider is asked. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Project } from '../model/project.ts'
import { type RecipeInput, recipe } from '../model/recipe.ts'
import { scriptedServer, teacher } from '../testing/index.ts'
import { composeRun } from './compose-run.ts'
import { createProject } from './projects.ts'
import { addProvider } from './providers.ts'
import { resumeRun, runRecipe } from './run-recipe.ts'
import { initWorkspace, openWorkspace, type Workspace } from './workspace.ts'

let workspace: Workspace
let folder: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-compose-'))
  await initWorkspace(folder)
  workspace = await openWorkspace({ cwd: folder, environment: {} })
  await createProject(workspace, { name: 'p' })
})

afterEach(async () => {
  await workspace.close()
  rmSync(folder, { recursive: true, force: true })
})

const template = (members: Partial<RecipeInput> = {}) =>
  recipe.parse({
    project: 'p',
    generator: 'template',
    params: { templates: ['x {n}'], slots: { n: ['a', 'b'] } },
    ...members,
  })
const fewShot = (members: Partial<RecipeInput> = {}) =>
  recipe.parse({
    project: 'p',
    generator: 'few-shot',
    params: {
      examples: {
        lost: ['My card is gone.', 'I cannot find my card anywhere.'],
        stolen: ['Somebody took my card.', 'My card was stolen.'],
      },
    },
    target: 12,
    ...members,
  })
const server = (settings: { name: string; endpoint: string; jsonMode?: 'prompt' }) =>
  addProvider(workspace, { settings: { kind: 'openai-compatible', model: 'scripted-1', ...settings }, projects: ['p'] })

describe('critics', () => {
  const kinds = async (critics: RecipeInput['critics']) =>
    (await composeRun(workspace, template({ critics }))).critics.map(({ critic, params }) => [
      critic.kind,
      (params as { threshold?: number }).threshold ?? null,
    ])
  const byDefault = () => workspace.plugins.critics.filter(({ onByDefault }) => onByDefault).map(({ kind }) => kind)

  it('that are on by default come first with their defaults', async () => {
    const found = await kinds([{ kind: 'length' }])
    expect(found.map(([kind]) => kind)).toEqual([...byDefault(), 'length'])
    expect(found).toContainEqual(['unique', 0.85])
  })

  it('take the recipe’s parameters and place where it lists them, and stay out where it says so', async () => {
    expect((await kinds([{ kind: 'length' }, { kind: 'unique', threshold: 0.5 }])).slice(-2)).toEqual([
      ['length', null],
      ['unique', 0.5],
    ])
    expect((await kinds([{ kind: 'unique', enabled: false }])).map(([kind]) => kind)).not.toContain('unique')
  })

  it('that ask a model get their own provider, else the teacher', async () => {
    await server({ name: 'one', endpoint: 'http://127.0.0.1:9/v1' })
    const alone = await composeRun(workspace, template({ critics: [{ kind: 'judge' }] }))
    expect(alone.teacher).toBeUndefined()
    expect(alone.critics.at(-1)?.model?.name).toBe('one')
    await server({ name: 'two', endpoint: 'http://127.0.0.1:9/v1' })
    const both = await composeRun(workspace, fewShot({ teacher: 'one', critics: [{ kind: 'judge', provider: 'two' }] }))
    expect([both.teacher?.name, both.critics.at(-1)?.model?.name]).toEqual(['one', 'two'])
    await expect(composeRun(workspace, fewShot())).rejects.toMatchObject({
      message: expect.stringContaining('one, two'),
    })
  })
})

it.each([
  ['redacted', 'https://models.example.com/v1', true],
  ['redacted', 'http://127.0.0.1:9/v1', false],
  ['allowed', 'https://models.example.com/v1', false],
] as [Project['egress'], string, boolean][])(
  'redacts where egress is %s and text goes to %s: %s',
  async (egress, endpoint, redacts) => {
    await createProject(workspace, { name: 'q', egress })
    await addProvider(workspace, {
      settings: { name: 'm', kind: 'openai-compatible', model: 'x', endpoint },
      apiKey: 'k',
      projects: ['q'],
    })
    expect((await composeRun(workspace, fewShot({ project: 'q' }))).redact !== undefined).toBe(redacts)
  },
)

describe('the JSON mode of a server', () => {
  const probes = (requests: { body?: Record<string, unknown> | undefined }[]) =>
    requests.filter(({ body }) => JSON.stringify(body ?? {}).includes('amber, teal and violet')).length

  it('is found out before the first unit, once, and frozen with the run', async () => {
    await using http = await scriptedServer({ script: teacher(), supports: 'object' })
    await server({ name: 'm', endpoint: http.url })
    const report = await runRecipe(workspace, fewShot({ budget: { calls: 1 } }))
    expect(report).toMatchObject({ state: 'budget', models: [{ role: 'teacher', provider: 'm', model: 'scripted-1' }] })
    const probed = probes(http.requests)
    expect(probed).toBeGreaterThan(0)
    const stored = (await workspace.store.findRun(report.run))!
    const mode = stored.snapshot.jsonModes['m']
    expect(['object', 'prompt']).toContain(mode)
    await resumeRun(workspace, report.run)
    const done = await runRecipe(workspace, fewShot({ budget: { calls: 50 } }))
    expect(done).toMatchObject({ state: 'done', kept: 12, run: report.run })
    expect(probes(http.requests)).toBe(probed)
    const asked = http.requests.filter(({ body }) => body && probes([{ body }]) === 0)
    const formats = asked.map(({ body }) => (body?.['response_format'] as { type: string } | undefined)?.type)
    expect(new Set(formats)).toEqual(new Set([mode === 'object' ? 'json_object' : undefined]))
  })

  it('is not asked where the provider’s settings say it', async () => {
    await using http = await scriptedServer({ script: teacher() })
    await server({ name: 'm', endpoint: http.url, jsonMode: 'prompt' })
    expect(await runRecipe(workspace, fewShot())).toMatchObject({ state: 'done', kept: 12 })
    expect(probes(http.requests)).toBe(0)
  })

  it('cannot be found out where nobody answers: the run does not begin', async () => {
    await server({ name: 'm', endpoint: 'http://127.0.0.1:9/v1' })
    await expect(runRecipe(workspace, fewShot())).rejects.toMatchObject({ code: 'provider-failed', exitCode: 5 })
    expect(await workspace.store.listRuns()).toEqual([])
  })
})
