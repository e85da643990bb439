/** A recipe that asks a local model, on the real command line: to its target, killed and resumed, the same each time. */
import { readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createCultivar } from '../../src/app/create-cultivar.ts'
import { createProject } from '../../src/app/projects.ts'
import { addProvider } from '../../src/app/providers.ts'
import { initWorkspace, openWorkspace, type Workspace } from '../../src/app/workspace.ts'
import { cultivar, json, start } from '../e2e/command-line.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { llamaFolder } from './open-tiny.ts'
import { writeTinyModel } from './tiny-model.ts'

const environment = { CULTIVAR_LLAMA: llamaFolder }

/** A workspace whose project `tales` lets no text out, and may use the model that lies in its folder. */
async function talesWorkspace(): Promise<string> {
  const folder = temporaryFolder()
  await initWorkspace(folder)
  writeTinyModel(folder)
  await inWorkspace(folder, async workspace => {
    await createProject(workspace, { name: 'tales', kind: 'text', egress: 'none' })
    await addProvider(workspace, { settings: { name: 'tiny', kind: 'local', model: 'tiny.gguf' }, projects: ['tales'] })
  })
  return folder
}

async function inWorkspace<T>(folder: string, use: (workspace: Workspace) => Promise<T>): Promise<T> {
  const workspace = await openWorkspace({ cwd: folder, environment })
  try {
    return await use(workspace)
  } finally {
    await workspace.close()
  }
}

function line(target: number, temperature: number): string[] {
  const params = { prompt: 'Tales of animals', texts: 2, maxOutputTokens: 400, temperature }
  return [
    ...['run', 'prompt', '--project', 'tales', '--target', `${target}`, '--json'],
    ...Object.entries(params).flatMap(([name, value]) => ['--param', `${name}=${value}`]),
  ]
}

async function keptTexts(folder: string): Promise<unknown[]> {
  return inWorkspace(folder, async ({ store }) => {
    const texts = []
    for await (const { fields } of store.streamRecords('tales')) texts.push(fields['text'])
    return texts
  })
}

/** Calls whose reply is in the ledger, and attempts that were begun. */
async function counts(folder: string): Promise<{ calls: number; attempts: number }> {
  return inWorkspace(folder, ({ database }) =>
    database.read(async connection => ({
      calls: (await connection.selectFrom('call').select('key').execute()).length,
      attempts: (await connection.selectFrom('attempt').select('id').execute()).length,
    })),
  )
}

it('reaches the target in the process, and ends it cleanly', async () => {
  const folder = await talesWorkspace()
  const ended = await cultivar(folder, line(5, 0.9), { environment })
  expect(ended.stderr).not.toContain('error')
  expect(json(ended)).toMatchObject({ state: 'done' })
  expect(await keptTexts(folder)).toHaveLength(5)
})

it('keeps the same texts after a death and a resumption, and asks nothing again that the ledger has', async () => {
  const [whole, killed] = [await talesWorkspace(), await talesWorkspace()]
  const target = 120
  expect(json(await cultivar(whole, line(target, 0.9), { environment }))).toMatchObject({ state: 'done' })

  const { child, ended, said } = start(killed, line(target, 0.9), { environment })
  await said('Growing run')
  let before = await counts(killed)
  while (before.calls < 10) {
    await pause(20)
    before = await counts(killed)
  }
  child.kill('SIGKILL')
  await ended
  const { calls: atDeath } = await counts(killed)
  const resumed = json(await cultivar(killed, line(target, 0.9), { environment }))
  expect(resumed).toMatchObject({ state: 'done' })

  const texts = await Promise.all([whole, killed].map(keptTexts))
  expect(texts[1]).toEqual(texts[0])
  const after = await counts(killed)
  expect(after.calls).toBeGreaterThan(atDeath)
  // Two calls at once: no more than these can have been lost on the way.
  expect(after.attempts - after.calls).toBeLessThanOrEqual(2)
})

it('keeps the same texts at temperature 0 in a workspace elsewhere, through the library', async () => {
  const kept: unknown[][] = []
  for (const folder of [await talesWorkspace(), await talesWorkspace()]) {
    const library = await createCultivar({ folder, environment })
    const params = { prompt: 'Tales of animals', texts: 2, maxOutputTokens: 300, temperature: 0 }
    await library.run({ project: 'tales', generator: 'prompt', params, teacher: 'tiny', target: 3 })
    await library.close()
    kept.push(await keptTexts(folder))
  }
  expect(kept[0]!.length).toBeGreaterThan(0)
  expect(kept[1]).toEqual(kept[0])
})

it('says before the run what to do where the module is not installed', async () => {
  const folder = await talesWorkspace()
  const empty = temporaryFolder()
  const ended = await cultivar(folder, line(5, 0.9), { environment: { CULTIVAR_LLAMA: empty } })
  expect(ended.code).toBe(2)
  expect(json(ended).error).toMatchObject({
    code: 'not-found',
    hint: expect.stringMatching(/npm install --prefix \S+ --omit=optional --ignore-scripts node-llama-cpp@/),
  })
})

it('stops the run with exit code 5 where the model cannot be loaded', async () => {
  const folder = await talesWorkspace()
  await inWorkspace(folder, async ({ store }) => {
    const { provider, secret } = (await store.findProvider('tiny'))!
    await store.updateProvider({ ...provider, model: 'cut.gguf' }, secret)
  })
  writeFileSync(`${folder}/cut.gguf`, readFileSync(`${folder}/tiny.gguf`).subarray(0, 100_000))
  const ended = await cultivar(folder, line(5, 0.9), { environment })
  expect(ended.code).toBe(5)
  expect(json(ended)).toMatchObject({
    state: 'provider-failed',
    reason: expect.stringContaining('cut.gguf cannot be loaded'),
  })
})
