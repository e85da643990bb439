/** Recipes run in a real workspace: reports add up, runs go on where they stopped, forecasts send nothing. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineCritic, promptGenerator } from '../engine/define.ts'
import type { LanguageModel } from '../engine/ports.ts'
import { type RecipeInput, recipe } from '../model/recipe.ts'
import type { ChatRequest, EmbedRequest } from '../model/request.ts'
import type { RunEvent } from '../model/run-event.ts'
import { displayWidth } from '../text/display-width.ts'
import { createProject } from './projects.ts'
import { buildReport, type RunReport } from './report/report.ts'
import { reportText } from './report/report-text.ts'
import { cancelRun, resumeRun, runRecipe } from './run-recipe.ts'
import { initWorkspace, openWorkspace, type Workspace } from './workspace.ts'

const asking = promptGenerator({
  kind: 'asking',
  summary: 'Asks for sentences',
  params: z.object({ cells: z.array(z.string()).default(['a', 'b']), file: z.string().optional() }),
  prompts: ['asking@1'],
  units: async ({ params, readText, embed, records }) => {
    const vectors = embed ? await embed(['one', 'two']) : []
    let seen = 0
    for await (const _ of records()) seen++
    return {
      cells: params.cells,
      material: { text: params.file ? await readText(params.file) : '', vectors },
      perUnit: 5,
      notes: [`saw ${seen} records`],
    }
  },
  prompt: ({ cell, cellOrdinal, asks, material }) => ({
    prompt: 'asking@1',
    messages: [
      {
        role: 'user',
        content: `${asks} of ${cell} ${cellOrdinal}; write to jo@example.org ${(material as { text: string }).text}`,
      },
    ],
    schema: z.object({ texts: z.array(z.string()) }),
    maxOutputTokens: 100,
  }),
  parse: ({ texts }, { cell }) => texts.map(text => ({ fields: { text }, labels: [cell] })),
})

const picky = defineCritic({
  kind: 'picky',
  summary: 'Asks whether it is good',
  phase: 'model',
  params: z.object({}),
  open: () => {
    const preview = (candidate: { fields: object }) => ({
      prompt: 'picky@1',
      messages: [{ role: 'user' as const, content: `judge ${JSON.stringify(candidate.fields)}` }],
      schema: z.object({ good: z.boolean() }),
      maxOutputTokens: 20,
    })
    return {
      preview,
      judge: async (candidate, ask) => {
        const answer = await ask(preview(candidate))
        return { critic: 'picky', pass: answer.kind === 'reply' && answer.value.good }
      },
    }
  },
})

/** Says something new each time, finds every fifth candidate bad, and remembers what it was asked. */
function teacher(options: Partial<LanguageModel> & { vocabulary?: number } = {}) {
  const { vocabulary = Number.POSITIVE_INFINITY, ...rest } = options
  const sent: string[] = []
  let said = 0
  let judged = 0
  const model: LanguageModel = {
    name: 'gpt',
    kind: 'scripted',
    endpoint: 'https://models.example.com/v1',
    model: 'm-1',
    jsonMode: 'schema',
    loopback: false,
    limits: { concurrency: 4 },
    price: { input: 150, output: 600 },
    async send(request) {
      if (request.kind === 'embed') {
        sent.push(...(request as EmbedRequest).texts)
        return {
          reply: {
            text: JSON.stringify(request.texts.map(() => [1, 0])),
            finish: 'stop',
            inputTokens: 5,
            outputTokens: 0,
          },
        }
      }
      const question = (request as ChatRequest).messages.at(-1)!.content
      sent.push(question)
      const [, asks] = /^(\d+) of/.exec(question) ?? []
      const texts = Array.from(
        { length: Number(asks) },
        () => `The ${word(said % vocabulary)} went to see ${word((7 * said++) % vocabulary)} on the hill`,
      )
      const value = asks ? { texts } : { good: ++judged % 5 !== 0 }
      return { reply: { text: JSON.stringify(value), finish: 'stop', inputTokens: 40, outputTokens: 30 } }
    },
    ...rest,
  }
  return { model, sent }
}

/** Different enough that no near-duplicate search takes one for another. */
function word(n: number): string {
  let seed = n * 2654435761 + 12345
  return Array.from({ length: 12 }, () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return String.fromCharCode(97 + ((seed >>> 16) % 26))
  }).join('')
}

let workspace: Workspace
let folder: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cultivar-run-'))
  await initWorkspace(folder)
  workspace = await openWorkspace({ cwd: folder, environment: {} })
  workspace.plugins.generators.push(asking)
  workspace.plugins.critics.push(picky)
  await createProject(workspace, { name: 'p' })
})

afterEach(async () => {
  await workspace.close()
  rmSync(folder, { recursive: true, force: true })
})

const written = (members: Partial<RecipeInput> = {}) =>
  recipe.parse({ project: 'p', generator: 'asking', target: 20, ...members })

function addsUp({ funnel, cells, kept }: RunReport) {
  const rejected = Object.values(funnel.rejected).reduce((sum, count) => sum + count, 0)
  expect(funnel.proposed).toBe(funnel.kept + rejected + funnel.surplus)
  expect(cells.reduce((sum, cell) => sum + cell.kept, 0)).toBe(kept)
  expect(funnel.kept).toBe(kept)
}

describe('a run that reaches its target', () => {
  it('reports what was kept, rejected, spent and where it is', async () => {
    const { model } = teacher()
    const events: RunEvent[] = []
    const report = await runRecipe(workspace, written({ critics: [{ kind: 'picky' }] }), {
      models: [model],
      observe: event => events.push(event),
    })
    expect(report).toMatchObject({
      state: 'done',
      kept: 20,
      target: 20,
      generator: 'asking',
      models: [{ role: 'teacher', provider: 'gpt', model: 'm-1' }, { role: 'picky' }],
    })
    addsUp(report)
    expect(report.funnel.rejected['picky']).toBeGreaterThan(0)
    expect(report.cells.map(({ kept }) => kept)).toEqual([10, 10])
    expect(report.spent.nanoUsd).toBe(report.spent.calls * (40 * 150 + 30 * 600))
    expect(report.balance).toEqual([
      { label: 'a', before: 0, after: 10 },
      { label: 'b', before: 0, after: 10 },
    ])
    expect(report.notes).toContain('saw 0 records')
    expect(new Set(report.preview.map(({ cell }) => cell))).toEqual(new Set(['a', 'b']))
    expect(JSON.parse(readFileSync(report.files.json, 'utf8'))).toEqual(report)
    expect(readFileSync(report.files.text, 'utf8')).toBe(`${reportText(report)}\n`)
    expect(events[0]).toMatchObject({ kind: 'opened', resumed: false })
    expect(await buildReport(workspace, report.run.slice(0, 6))).toEqual(report)
  })

  it('goes on when its target is raised, and pays nothing for what it has', async () => {
    const { model, sent } = teacher()
    const first = await runRecipe(workspace, written(), { models: [model] })
    const calls = sent.length
    expect(await runRecipe(workspace, written(), { models: [model] })).toMatchObject({ run: first.run, kept: 20 })
    expect(sent).toHaveLength(calls)
    const second = await runRecipe(workspace, written({ target: { a: 10, b: 30 } }), { models: [model] })
    expect(second).toMatchObject({ state: 'done', kept: 40 })
    const raised = await runRecipe(workspace, written({ target: 60 }), { models: [model] })
    expect(raised).toMatchObject({ run: first.run, state: 'done', kept: 60 })
    expect(raised.durationMs).toBeGreaterThanOrEqual(first.durationMs)
  })

  it('is another run with fresh, or with another seed', async () => {
    const { model } = teacher()
    const ids = [
      (await runRecipe(workspace, written(), { models: [model] })).run,
      (await runRecipe(workspace, written(), { models: [model], fresh: true })).run,
      (await runRecipe(workspace, written(), { models: [model], seed: 5 })).run,
    ]
    expect(new Set(ids).size).toBe(3)
  })
})

describe('a run that ends early', () => {
  it('falls short with a reason for each short cell', async () => {
    const { model } = teacher({ vocabulary: 7 })
    const report = await runRecipe(workspace, written({ target: 30 }), { models: [model] })
    expect(report).toMatchObject({ state: 'short', kept: 7 })
    addsUp(report)
    expect(report.cells.filter(({ why }) => why !== undefined).length).toBeGreaterThan(0)
    for (const cell of report.cells) if (cell.kept < cell.target) expect(cell.why).toContain('“unique” rejected')
    expect(reportText(report)).toContain('short of the target, 7 of 30 kept')
  })

  it('stops at its budget, and resumes to the same target once it is raised', async () => {
    const { model } = teacher()
    const report = await runRecipe(workspace, written({ budget: { calls: 2 } }), { models: [model] })
    expect(report).toMatchObject({ state: 'budget', spent: { calls: 2 } })
    expect(report.kept).toBeLessThan(20)
    expect(report.next[0]).toBe(`cultivar runs resume ${report.run}`)
    expect(await resumeRun(workspace, report.run, { models: [model] })).toMatchObject({
      state: 'budget',
      run: report.run,
    })
    const raised = await runRecipe(workspace, written({ budget: { calls: 50 } }), { models: [model] })
    expect(raised).toMatchObject({ state: 'done', kept: 20, run: report.run })
  })

  it('is stopped by a signal and resumes from another folder, files included', async () => {
    const recipeFolder = mkdtempSync(join(folder, 'recipes-'))
    writeFileSync(join(recipeFolder, 'style.txt'), 'plainly')
    const stop = new AbortController()
    const { model, sent } = teacher()
    const stopping: LanguageModel = {
      ...model,
      send(...call) {
        stop.abort()
        return model.send(...call)
      },
    }
    const recipe = written({ params: { file: 'style.txt' } })
    const stopped = await runRecipe(workspace, recipe, { models: [stopping], signal: stop.signal, recipeFolder })
    expect(stopped.state).toBe('cancelled')
    expect(sent[0]).toContain('plainly')
    expect(await resumeRun(workspace, stopped.run.slice(0, 5), { models: [model] })).toMatchObject({
      run: stopped.run,
      state: 'done',
      kept: 20,
    })
    writeFileSync(join(recipeFolder, 'style.txt'), 'otherwise')
    await expect(resumeRun(workspace, stopped.run, { models: [model] })).rejects.toMatchObject({
      code: 'run-changed',
      details: { changed: ['file:style.txt'] },
    })
  })
})

describe('one run at a time', () => {
  const hold = async (pid: number) => {
    const { run } = await runRecipe(workspace, written({ target: 2 }), { models: [teacher().model] })
    const row = (await workspace.store.findRun(run))!
    const nowMs = Date.now()
    const holder = { token: 'other', pid, host: hostname(), sinceMs: nowMs }
    const { lease } = await workspace.runs.openRun(row, row, { holder, nowMs, leaseMs: 60_000, isAlive: () => true })
    return {
      run,
      release: () => workspace.runs.closeRun(lease, { state: 'cancelled', reason: '', hint: '' }, Date.now()),
    }
  }

  it('is refused while another grows the project, or waits for it', async () => {
    const { run, release } = await hold(process.pid)
    const other = written({ seed: 9, target: 4 })
    await expect(runRecipe(workspace, other, { models: [teacher().model] })).rejects.toMatchObject({
      code: 'run-held',
      details: { run },
    })
    const waiting: string[] = []
    const waited = runRecipe(workspace, other, {
      models: [teacher().model],
      wait: true,
      observe: event => {
        if (event.kind === 'waiting') void release()
        if (event.kind === 'waiting') waiting.push(event.why)
      },
    })
    expect(await waited).toMatchObject({ state: 'done', kept: 4, notes: ['saw 2 records'] })
    expect(waiting[0]).toContain(run)
    const stopped = new AbortController()
    const again = await hold(process.pid)
    setTimeout(() => stopped.abort(), 50)
    await expect(
      runRecipe(workspace, other, { models: [teacher().model], wait: true, signal: stopped.signal }),
    ).rejects.toMatchObject({ code: 'interrupted' })
    await again.release()
  })

  it('asks the process that grows a run to stop, and marks a run that nobody grows', async () => {
    const child = spawn(process.execPath, [
      '-e',
      'process.once("SIGINT", () => process.exit(7)); setInterval(() => {}, 1000); console.log("up")',
    ])
    await new Promise(resolve => child.stdout.once('data', resolve))
    const { run, release } = await hold(child.pid!)
    const exit = new Promise<number | null>(resolve => child.once('exit', code => resolve(code)))
    const cancelled = cancelRun(workspace, run)
    expect(await exit).toBe(7)
    await release()
    expect(await cancelled).toMatchObject({ state: 'cancelled' })
    await hold(child.pid!)
    expect(await cancelRun(workspace, run)).toMatchObject({ run, state: 'cancelled', kept: 2 })
  })
})

it('asks the embedder through the ledger: the same texts are sent once, redacted', async () => {
  await createProject(workspace, { name: 'near', embedder: 'vectors' })
  const { model } = teacher()
  const embedder = teacher({ name: 'vectors' })
  const grown = (seed: number) =>
    runRecipe(workspace, written({ project: 'near', teacher: 'gpt', target: 4 }), {
      models: [model, embedder.model],
      seed,
    })
  expect(await grown(1)).toMatchObject({
    state: 'done',
    models: [{ role: 'teacher' }, { role: 'embedder', provider: 'vectors' }],
  })
  await grown(2)
  expect(embedder.sent).toEqual(['one', 'two'])
})

it.each([
  [{ project: 'q' }, 'not-found', 'no project “q”'],
  [{ generator: 'askin' }, 'bad-recipe', 'did you mean “asking”'],
  [{ params: { cels: [] } }, 'bad-recipe', 'did you mean “cells”'],
  [{}, 'not-found', 'no provider'],
  [{ teacher: 'gtp' }, 'not-found', 'no provider “gtp”'],
  [{ generator: 'template', params: { templates: ['x'] }, critics: [{ kind: 'picky' }] }, 'not-found', 'asks a model'],
] as [Partial<RecipeInput>, string, string][])(
  'says what is missing before anything begins: %j',
  async (members, code, message) => {
    await expect(runRecipe(workspace, written(members))).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    })
  },
)

it('lets no text leave the machine where the project forbids it', async () => {
  await createProject(workspace, { name: 'secret', egress: 'none' })
  const { model, sent } = teacher()
  await expect(runRecipe(workspace, written({ project: 'secret' }), { models: [model] })).rejects.toMatchObject({
    code: 'egress-denied',
  })
  expect(
    await runRecipe(workspace, written({ project: 'secret', target: 2 }), { models: [{ ...model, loopback: true }] }),
  ).toMatchObject({ state: 'done' })
  expect(sent.length).toBeGreaterThan(0)
})

it('writes reports that fit 80 columns, whatever labels and texts are', async () => {
  const cells = ['日本語のラベル'.repeat(6), 'x'.repeat(90), '\u001b[31mred', 'd']
  const { model } = teacher()
  const report = await runRecipe(workspace, written({ params: { cells }, target: 12 }), { models: [model] })
  const text = reportText({ ...report, files: { json: 'j', text: 't', html: 'h' }, next: [] })
  for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80)
  expect(text).not.toContain('\u001b')
})
