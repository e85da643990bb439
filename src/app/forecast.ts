/** What a run would do and cost, without sending anything: calls, tokens and money by stage, who would receive text, one exact prompt. */
import { chatRequest } from '../engine/door.ts'
import { openCritics } from '../engine/open-critics.ts'
import { planUnits } from '../engine/planner.ts'
import type { LanguageModel } from '../engine/ports.ts'
import { unitStream } from '../engine/propose-unit.ts'
import type { RunPlugins } from '../engine/run-plugins.ts'
import { worstCase } from '../engine/spending.ts'
import type { Recipe } from '../model/recipe.ts'
import { textOf } from '../model/record.ts'
import type { ChatRequest, Message } from '../model/request.ts'
import { type Candidate, nothingSpent, type Snapshot, type Spending } from '../model/run.ts'
import { type ComposeOptions, composeRun, modelsOf } from './compose-run.ts'
import { type PreparedInWorkspace, prepareInWorkspace } from './prepare-in-workspace.ts'
import type { Workspace } from './workspace.ts'

export interface Forecast {
  project: string
  generator: string
  /** The run it would be; `kept` of it are there already. */
  run: string
  kept: number
  targets: Record<string, number>
  /** Whether the parameters themselves say how many, so that no other target is taken. */
  planned: boolean
  /** Share of candidates expected to be kept. */
  acceptance: { rate: number; from: 'history' | 'default' | 'run' }
  /** Candidates that would be asked for, and the units they make. */
  candidates: number
  units: number
  stages: StageForecast[]
  total: Omit<StageForecast, 'stage' | 'provider' | 'model'>
  /** Everyone who would receive text. */
  hosts: { provider: string; model: string; host: string; leaves: boolean }[]
  redacted: boolean
  /** The first request as it would be sent. */
  prompt?: { stage: string; messages: Message[] }
  notes: string[]
  warnings: string[]
}

interface PreviewedChat {
  stage: string
  /** How many of it the unit sends. */
  times: number
  role: 'teacher' | 'critic'
  request: ChatRequest
}

interface StageForecast {
  /** `propose` or a stage of the generator’s pipeline, a critic’s kind, or `re-asks`. */
  stage: string
  provider: string
  model: string
  calls: number
  inputTokens: number
  /** Every character a token of its own: no tokenizer makes more. */
  inputTokensMost: number
  outputTokens: number
  outputTokensMost: number
  /** Absent if the provider has no prices. */
  nanoUsd?: number
  nanoUsdMost?: number
}

const charactersPerToken = 4
/** Tokens around each item of a reply: quotes, names of members, a sentence of explanation. */
const tokensAroundItem = 12
const tokensOfVerdict = 40
/** Where the project holds no texts yet. */
const usualTextLength = 160
const textsMeasured = 200
/** Share of calls whose reply is expected to be unreadable and asked for again. */
const reaskShare = 0.03
/** Units whose prompts are measured. */
const mostMeasured = 48

/**
 * Plans the run and prices it. Sends nothing: where the run itself would ask an embedder for similar examples, words decide here,
 * and a note says so.
 *
 * @throws what composing and preparing the run throw.
 */
export async function forecast(
  workspace: Workspace,
  recipe: Recipe,
  options: ComposeOptions & { salt?: string },
): Promise<Forecast> {
  const plugins = await composeRun(workspace, recipe, options)
  const { recipeFolder = workspace.folder, salt } = options
  const prepared = await prepareInWorkspace(workspace, recipe, plugins, { recipeFolder, salt })
  const { run, targets, previous } = prepared
  const { snapshot } = run
  const tallies = previous ? await workspace.store.runTallies(run.id) : {}
  const asks = snapshot.cells.map(cell => {
    const short = Math.max(0, (targets[cell] ?? 0) - (tallies[cell]?.kept ?? 0))
    return { cell, asks: Math.ceil(short / snapshot.expectedYield - 1e-9) }
  })
  const candidates = sum(asks.map(({ asks }) => asks))
  const units = sum(asks.map(({ asks }) => Math.ceil(asks / snapshot.perUnit)))
  const texts = await measureTexts(workspace, recipe.project, snapshot.position)
  const previewed = questionsOf(plugins, snapshot, targets)
  const stages = [
    ...proposing(plugins, previewed, { units, candidates, textLength: texts.length }),
    ...judging(plugins, snapshot, { candidates, example: texts.example }),
  ]
  const reasks = stages.map(stage => scaled(stage, reaskShare)).filter(({ calls }) => calls > 0)
  const all = [...stages, ...reasks.map(stage => ({ ...stage, stage: `re-asks of ${stage.stage}` }))]
  const [first] = previewed.questions
  return {
    project: recipe.project,
    generator: recipe.generator,
    run: run.id,
    kept: sum(Object.values(tallies).map(({ kept }) => kept)),
    targets,
    planned: snapshot.targets !== undefined,
    acceptance: await acceptance(workspace, recipe, prepared),
    candidates,
    units,
    stages: all,
    total: totalOf(all),
    hosts: modelsOf(plugins).map(({ name, model, endpoint, loopback }) => ({
      provider: name,
      model,
      host: hostOf(endpoint),
      leaves: !loopback,
    })),
    redacted: plugins.redact !== undefined,
    ...(first && { prompt: { stage: first.stage, messages: first.request.messages } }),
    notes: [
      ...prepared.notes,
      ...(plugins.embedder && !previous
        ? [
            `The run asks embedder “${plugins.embedder.name}” for similar texts; this preview, which sends nothing, goes by words.`,
          ]
        : []),
    ],
    warnings: warningsOf(recipe, plugins, snapshot, totalOf(all)),
  }
}

async function measureTexts(
  workspace: Workspace,
  project: string,
  before: number,
): Promise<{ length: number; example: Candidate }> {
  const lengths: number[] = []
  let example: Candidate | undefined
  for await (const record of workspace.store.streamRecords(project, { before })) {
    lengths.push(textOf(record).length)
    const { fields, labels, spans, cell } = record
    example ??= { fields, labels, spans, cell, index: 0, verdicts: [] }
    if (lengths.length >= textsMeasured) break
  }
  const length = lengths.length > 0 ? sum(lengths) / lengths.length : usualTextLength
  return {
    length,
    example: example ?? {
      fields: { text: 'x'.repeat(usualTextLength) },
      labels: [],
      spans: [],
      cell: 'all',
      index: 0,
      verdicts: [],
    },
  }
}

/** What some of the planned units would ask, taken evenly from all of them. */
function questionsOf(
  { generator, params, project, redact }: RunPlugins,
  snapshot: Snapshot,
  targets: Record<string, number>,
): { questions: PreviewedChat[]; measured: number } {
  const { cells, perUnit, expectedYield, roundSize, recipe, material } = snapshot
  const { stall } = recipe.rounds
  const planning = { rounds: [], openUnits: [], plannedPerCell: {}, size: roundSize, perUnit, expectedYield, stall }
  const units = planUnits({ cells, targets, ...planning })
  const step = Math.max(1, units.length / mostMeasured)
  const chosen = units.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step))
  const questions = chosen.flatMap(unit => {
    const { cell, cellOrdinal, asks } = unit
    const context = {
      ...{ params, material, project, cell, cellOrdinal, asks },
      feedback: { kept: [], disliked: [] },
      random: unitStream(snapshot, unit),
    }
    return (generator.preview?.(context) ?? []).map(({ stage = 'propose', times = 1, ...question }) => ({
      ...{ stage, times, role: question.role ?? 'teacher' },
      request: chatRequest(question, redact),
    }))
  })
  return { questions, measured: chosen.length }
}

/** One line a stage, in the order the stages are asked. What several rows share in a reply is spread over its calls. */
function proposing(
  { teacher, critic }: RunPlugins,
  { questions, measured }: ReturnType<typeof questionsOf>,
  { units, candidates, textLength }: { units: number; candidates: number; textLength: number },
): StageForecast[] {
  if (!teacher || units === 0) return []
  const itemTokens = textLength / charactersPerToken + tokensAroundItem
  return [...Map.groupBy(questions, ({ stage }) => stage)].map(([name, asked]) => {
    const [{ role }] = asked as [PreviewedChat]
    const calls = Math.ceil((units * sum(asked.map(({ times }) => times))) / measured)
    const tokens = role === 'critic' ? tokensOfVerdict : (candidates / calls) * itemTokens
    const requests = asked.map(({ request }) => request)
    return stage(name, role === 'critic' ? (critic ?? teacher) : teacher, calls, requests, tokens)
  })
}

/** Every candidate is taken to reach every judge: the most there can be. */
function judging(
  plugins: RunPlugins,
  snapshot: Snapshot,
  { candidates, example }: { candidates: number; example: Candidate },
): StageForecast[] {
  if (candidates === 0) return []
  return openCritics(plugins, snapshot).models.flatMap(({ kind, judge, provider }) => {
    const model = modelsOf(plugins).find(({ name }) => name === provider)
    const question = judge.preview?.(example)
    return model && question
      ? [stage(kind, model, candidates, [chatRequest(question, plugins.redact)], tokensOfVerdict)]
      : []
  })
}

/** `calls` calls like those in `questions`, on average. */
function stage(
  name: string,
  model: LanguageModel,
  calls: number,
  questions: ChatRequest[],
  outputTokens: number,
): StageForecast {
  const mean = (measure: (question: ChatRequest) => number) => sum(questions.map(measure)) / questions.length
  const output = mean(question => question.maxOutputTokens)
  const inputMost = mean(question => worstCase(question, model).tokens - question.maxOutputTokens)
  const input = mean(question => lettersOf(question) / charactersPerToken)
  const expected = { input: calls * input, output: calls * Math.min(output, outputTokens) }
  const most = { input: calls * inputMost, output: calls * output }
  const { price } = model
  const cost = ({ input, output }: { input: number; output: number }) =>
    Math.ceil(input * price!.input + output * price!.output)
  return {
    stage: name,
    provider: model.name,
    model: model.model,
    calls,
    inputTokens: Math.ceil(expected.input),
    inputTokensMost: Math.ceil(most.input),
    outputTokens: Math.ceil(expected.output),
    outputTokensMost: Math.ceil(most.output),
    ...(price && { nanoUsd: cost(expected), nanoUsdMost: cost(most) }),
  }
}

function lettersOf({ messages, schema }: ChatRequest): number {
  return sum(messages.map(({ content }) => content.length)) + (schema ? JSON.stringify(schema).length : 0)
}

function scaled(forecast: StageForecast, share: number): StageForecast {
  const part = (amount: number) => Math.ceil(amount * share)
  const { nanoUsd, nanoUsdMost } = forecast
  return {
    ...forecast,
    calls: Math.round(forecast.calls * share),
    inputTokens: part(forecast.inputTokens),
    inputTokensMost: part(forecast.inputTokensMost),
    outputTokens: part(forecast.outputTokens),
    outputTokensMost: part(forecast.outputTokensMost),
    ...(nanoUsd !== undefined &&
      nanoUsdMost !== undefined && { nanoUsd: part(nanoUsd), nanoUsdMost: part(nanoUsdMost) }),
  }
}

function totalOf(stages: StageForecast[]): Forecast['total'] {
  const of = (member: 'calls' | 'inputTokens' | 'inputTokensMost' | 'outputTokens' | 'outputTokensMost') =>
    sum(stages.map(stage => stage[member]))
  const priced = stages.length > 0 && stages.every(({ nanoUsd }) => nanoUsd !== undefined)
  return {
    calls: of('calls'),
    inputTokens: of('inputTokens'),
    inputTokensMost: of('inputTokensMost'),
    outputTokens: of('outputTokens'),
    outputTokensMost: of('outputTokensMost'),
    ...(priced && {
      nanoUsd: sum(stages.map(({ nanoUsd = 0 }) => nanoUsd)),
      nanoUsdMost: sum(stages.map(({ nanoUsdMost = 0 }) => nanoUsdMost)),
    }),
  }
}

async function acceptance(
  { store }: Workspace,
  recipe: Recipe,
  { previous, run }: PreparedInWorkspace,
): Promise<Forecast['acceptance']> {
  const rate = run.snapshot.expectedYield
  if (previous) return { rate, from: 'run' }
  const { asked } = await store.history(recipe.project, recipe.generator)
  return { rate, from: asked > 0 ? 'history' : 'default' }
}

function warningsOf(recipe: Recipe, plugins: RunPlugins, { roundSize }: Snapshot, total: Forecast['total']): string[] {
  const warnings: string[] = []
  const concurrency = recipe.limits.concurrency ?? plugins.teacher?.limits.concurrency ?? 1
  // Selection goes in order and two rounds are open at most: beyond a quarter of them, units wait for each other.
  const useful = Math.max(1, Math.floor((2 * roundSize) / 4))
  if (concurrency > useful) {
    warnings.push(
      `A concurrency above ${useful} is wasted with rounds of ${roundSize} units (here it is ${concurrency}): raise rounds.size, or lower it.`,
    )
  }
  const expected = spendingOf(total)
  const { calls, tokens, usd } = recipe.budget
  const budget = { calls, tokens, nanoUsd: usd === undefined ? undefined : usd * 1e9 }
  for (const unit of ['calls', 'tokens', 'nanoUsd'] as const) {
    const most = budget[unit]
    if (most !== undefined && expected[unit] > most) {
      warnings.push(
        `The budget in ${unit === 'nanoUsd' ? 'dollars' : unit} is expected to end the run at about ${Math.floor((100 * most) / expected[unit])} % of what is left to grow.`,
      )
    }
  }
  return warnings
}

function spendingOf({ calls, inputTokens, outputTokens, nanoUsd = 0 }: Forecast['total']): Spending {
  return { ...nothingSpent, calls, tokens: inputTokens + outputTokens, nanoUsd }
}

function hostOf(endpoint: string): string {
  return URL.parse(endpoint)?.host || endpoint
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
