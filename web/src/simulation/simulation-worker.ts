/** Runs a model beside the page, so that neither a heavy step nor one without end holds the page up. */
import './no-eval.ts'
import { findBuiltIn } from '../../../src/simulations/built-in.ts'
import * as library from '../../../src/simulations/index.ts'
import { isSimulation, type Simulation } from '../../../src/simulations/simulation.ts'
import { buffersOf } from '../../../src/simulations/watch/frame.ts'
import { type AgentChoice, type InspectedAgent, WatchedRun } from '../../../src/simulations/watch/watched-run.ts'
import type { FromWorker, RunOrder, ShownProblem, SimulationSource, ToWorker } from './simulation-messages.ts'

/** Steps are done in slices, between which the page is heard. */
const sliceMs = 12
const chartEveryMs = 150
/** Of a run that is done again for its file: who waits for it looks at nothing else. */
const fileSliceMs = 100
/** A tab is not a machine of its own. */
const mostAgents = 2_000_000
/** After a pause of the machine, what was missed is not made up for. */
const mostBehindMs = 250

let simulation: Simulation | undefined
let run: WatchedRun | undefined
let playing: { stepsPerSecond: number | null; stopAt: number | undefined; nextMs: number } | undefined
let pictureWanted = false
let isNew = false
let chosen: AgentChoice | undefined
let lastSeen: InspectedAgent | undefined
let chartedMs = Number.NEGATIVE_INFINITY
const scope = globalThis as unknown as {
  postMessage(message: FromWorker, transfer?: Transferable[]): void
  addEventListener(type: 'message', listener: (event: MessageEvent<ToWorker>) => void): void
}
const turns = new MessageChannel()
turns.port1.onmessage = () => attempt(work)
let timer: ReturnType<typeof setTimeout> | undefined

scope.addEventListener('message', ({ data }) => void hear(data))

async function hear(message: ToWorker): Promise<void> {
  try {
    await obey(message)
  } catch (error) {
    fail(error)
  }
}

function attempt(action: () => void): void {
  try {
    action()
  } catch (error) {
    fail(error)
  }
}

function fail(error: unknown): void {
  stopPlaying()
  scope.postMessage({ type: 'problem', problem: problemOf(error, run !== undefined) })
}

async function obey(message: ToWorker): Promise<void> {
  switch (message.type) {
    case 'open':
      await open(message.source, message)
      break
    case 'start':
      start(message)
      break
    case 'play':
      playing = { stepsPerSecond: message.stepsPerSecond, stopAt: message.stopAt, nextMs: performance.now() }
      work()
      break
    case 'pause':
      stopPlaying()
      changed()
      break
    case 'step':
      stopPlaying()
      step()
      break
    case 'picture':
      pictureWanted = true
      sendPicture()
      break
    case 'inspect':
      look(message.agent)
      break
    case 'inspect-neighbour':
      lookBeside(message.agent, message.direction)
      break
    case 'csv':
      await sendFile(message.table)
      break
    case 'ping':
      scope.postMessage({ type: 'pong' })
  }
}

function look(agent: AgentChoice | undefined): void {
  chosen = agent
  lastSeen = undefined
  changed()
}

function lookBeside({ population, id }: AgentChoice, direction: 1 | -1): void {
  const found = run?.neighbourOf({ population, id }, direction)
  if (found === undefined) return
  const agent = { population, id: found }
  scope.postMessage({ type: 'chosen', agent })
  look(agent)
}

async function open(source: SimulationSource, order: RunOrder): Promise<void> {
  const found = 'moduleUrl' in source ? await loaded(source) : findBuiltIn(source.name)
  simulation = found
  const { name, summary, parameters, steps, stepMeans } = found
  const schema = library.z.toJSONSchema(parameters, { io: 'input' })
  scope.postMessage({ type: 'opened', simulation: { name, summary, schema, steps, stepMeans } })
  start(order)
}

/** A module that is served takes the library from here: classes made by two copies of it would not know each other. */
async function loaded({ moduleUrl, name }: { moduleUrl: string; name: string }): Promise<Simulation> {
  Object.assign(globalThis, { [Symbol.for('cultivar.simulations')]: library })
  const module = (await import(/* @vite-ignore */ moduleUrl)) as Record<string, unknown>
  const found = [...new Set(Object.values(module))].filter(isSimulation)
  const [first] = found
  if (!first) throw new Error(`The module of “${name}” has no model any more.`)
  return found.find(each => each.name === name) ?? first
}

function start({ parameters, seed }: RunOrder): void {
  if (!simulation) return
  stopPlaying()
  run = undefined
  lastSeen = undefined
  run = new WatchedRun(simulation, { parameters, seed, mostAgents })
  chartedMs = Number.NEGATIVE_INFINITY
  scope.postMessage({ type: 'started' })
  changed()
}

function stopPlaying(): void {
  playing = undefined
  clearTimeout(timer)
}

function step(): void {
  if (!run) return
  run.step()
  if (run.failure) {
    stopPlaying()
    scope.postMessage({ type: 'problem', problem: problemOf(run.failure, true) })
  }
  if (run.isOver) stopPlaying()
  changed()
}

/** Does the steps that are due, and comes again. */
function work(): void {
  clearTimeout(timer)
  if (!playing || !run) return
  const until = performance.now() + sliceMs
  while (playing && performance.now() < until) {
    if (playing.stopAt !== undefined && run.steps >= playing.stopAt) {
      stopPlaying()
      changed()
      return
    }
    if (playing.stepsPerSecond !== null) {
      const now = performance.now()
      if (playing.nextMs > now) break
      playing.nextMs = Math.max(playing.nextMs, now - mostBehindMs) + 1000 / playing.stepsPerSecond
    }
    step()
  }
  if (!playing) return
  const waitMs = playing.stepsPerSecond === null ? 0 : playing.nextMs - performance.now()
  if (waitMs > 1) timer = setTimeout(() => attempt(work), waitMs)
  else turns.port2.postMessage(null)
}

function changed(): void {
  isNew = true
  sendPicture()
}

function sendPicture(): void {
  if (!run || !pictureWanted || !isNew) return
  pictureWanted = false
  isNew = false
  const now = performance.now()
  const charted = !playing || now - chartedMs > chartEveryMs
  if (charted) chartedMs = now
  const lines = charted ? run.lines() : []
  const frame = run.frame()
  scope.postMessage(
    {
      ...{ type: 'picture', frame, steps: run.steps, playing: playing !== undefined, isOver: run.isOver },
      ...{ populations: run.populations, tables: run.tables, keptUntil: run.keptUntil, inspected: inspected(run) },
      charts: charted
        ? run.charts.map(({ table, columns, title = table }, at) => ({ title, columns, lines: lines[at]! }))
        : undefined,
    },
    buffersOf(frame),
  )
}

/** Of one that died, what it was when it was last seen. */
function inspected(from: WatchedRun): InspectedAgent | undefined {
  if (!chosen) return undefined
  const seen = from.inspect(chosen)
  lastSeen = seen ?? (lastSeen && { ...lastSeen, alive: false })
  return lastSeen
}

async function sendFile(table: string): Promise<void> {
  if (!run) return
  const work = run.tablesAtEnd()
  let sliceEnds = performance.now() + fileSliceMs
  let done = work.next()
  while (!done.done) {
    if (performance.now() > sliceEnds) {
      await new Promise(resume => setTimeout(resume))
      sliceEnds = performance.now() + fileSliceMs
    }
    done = work.next()
  }
  const parts: Uint8Array<ArrayBuffer>[] = []
  for (const part of done.value.csv(table)) parts.push(new Uint8Array(part))
  scope.postMessage({ type: 'file', table, file: new Blob(parts, { type: 'text/csv' }) })
}

function problemOf(error: unknown, keptTables: boolean): ShownProblem {
  const { message = String(error), hint = '' } = error as { message?: string; hint?: string }
  return { title: message, hint, keptTables }
}
