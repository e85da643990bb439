/** The page’s side of a running model: starts the worker, gives orders, keeps what it last said, ends it when it hangs. */
import type { Frame } from '../../../src/simulations/watch/frame.ts'
import type { AgentChoice } from '../../../src/simulations/watch/watched-run.ts'
import type {
  FromWorker,
  OpenedSimulation,
  Picture,
  RunOrder,
  ShownProblem,
  SimulationSource,
  ToWorker,
} from './simulation-messages.ts'

/** Words and figures change so often at most; pictures as often as the screen. */
const shownEveryMs = 100
/** Seconds that a step may take. */
const patienceSeconds = 15
const rateOverMs = 1000

export interface SimulationState {
  simulation: OpenedSimulation | undefined
  /** Without its frame, which changes too often to be drawn by React. */
  picture: Omit<Picture, 'frame' | 'charts'> | undefined
  charts: NonNullable<Picture['charts']>
  playing: boolean
  chosen: AgentChoice | undefined
  problem: ShownProblem | undefined
  /** Steps a second, as it goes. */
  rate: number
  /** False where the worker was ended: only a reset goes on. */
  running: boolean
}

const beginning: SimulationState = {
  ...{ simulation: undefined, picture: undefined, charts: [], playing: false, chosen: undefined },
  ...{ problem: undefined, rate: 0, running: true },
}

export class SimulationClient {
  state = beginning
  /** The newest, and how many came. */
  frame: Frame | undefined
  frames = 0
  readonly #source: SimulationSource
  #order: RunOrder
  #worker: Worker | undefined
  readonly #listeners = new Set<() => void>()
  #shownTimer: ReturnType<typeof setTimeout> | undefined
  readonly #watch: ReturnType<typeof setInterval>
  #silentSeconds = 0
  #asked = false
  #marks: { ms: number; steps: number }[] = []

  constructor(source: SimulationSource, order: RunOrder) {
    this.#source = source
    this.#order = order
    this.#spawn()
    // Ticks are counted, not time: after a sleep of the machine one tick has passed.
    this.#watch = setInterval(() => this.#listenForLife(), 1000)
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  close(): void {
    clearInterval(this.#watch)
    clearTimeout(this.#shownTimer)
    this.#worker?.terminate()
    this.#worker = undefined
  }

  /** From the beginning, with these parameters and this seed. */
  start(order: RunOrder): void {
    this.#order = order
    this.#marks = []
    this.#set({ problem: undefined, playing: false, rate: 0 })
    if (this.#worker) this.#tell({ type: 'start', ...order })
    else this.#spawn()
  }

  play(stepsPerSecond: number | null, stopAt: number | undefined): void {
    this.#marks = []
    this.#set({ playing: true })
    this.#tell({ type: 'play', stepsPerSecond, stopAt })
  }

  pause(): void {
    this.#set({ playing: false })
    this.#tell({ type: 'pause' })
  }

  step(): void {
    this.#set({ playing: false })
    this.#tell({ type: 'step' })
  }

  choose(agent: AgentChoice | undefined): void {
    this.#set({ chosen: agent })
    this.#tell({ type: 'inspect', agent })
  }

  chooseNeighbour(agent: AgentChoice, direction: 1 | -1): void {
    this.#tell({ type: 'inspect-neighbour', agent, direction })
  }

  downloadCsv(table: string): void {
    this.#tell({ type: 'csv', table })
  }

  /** Called once for each frame of the screen. */
  askForPicture(): void {
    if (this.#asked || !this.#worker) return
    this.#asked = true
    this.#tell({ type: 'picture' })
  }

  #spawn(): void {
    this.#asked = false
    this.#silentSeconds = 0
    this.#worker = new Worker(new URL('./simulation-worker.ts', import.meta.url), { type: 'module' })
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>) => this.#hear(data)
    this.#worker.onerror = event => {
      event.preventDefault()
      this.#end({ title: 'The simulation could not be loaded.', hint: event.message ?? '', keptTables: false })
    }
    this.#set({ running: true })
    this.#tell({ type: 'open', source: this.#source, ...this.#order })
    if (this.state.chosen) this.#tell({ type: 'inspect', agent: this.state.chosen })
  }

  #tell(message: ToWorker): void {
    this.#worker?.postMessage(message)
  }

  #hear(message: FromWorker): void {
    this.#silentSeconds = 0
    if (message.type === 'picture') this.#show(message)
    else if (message.type === 'opened') this.#set({ simulation: message.simulation })
    else if (message.type === 'started') this.#set({ problem: undefined })
    else if (message.type === 'chosen') this.#set({ chosen: message.agent })
    else if (message.type === 'problem') this.#fail(message.problem)
    else if (message.type === 'file') saveFile(message.file, `${message.table}.csv`)
  }

  /** Where nothing was kept there is no run, and the picture is of the one before. */
  #fail(problem: ShownProblem): void {
    this.#set({ problem, playing: false, ...(!problem.keptTables && { picture: undefined, charts: [] }) })
  }

  #show({ frame, charts, ...picture }: Picture): void {
    this.#asked = false
    this.frame = frame
    this.frames++
    const marks = this.#marks
    const ms = performance.now()
    marks.push({ ms, steps: picture.steps })
    while (marks.length > 2 && marks[1]!.ms < ms - rateOverMs) marks.shift()
    const [first] = marks
    const passed = ms - first!.ms
    this.state = {
      ...this.state,
      picture,
      playing: picture.playing,
      rate: passed > 200 ? ((picture.steps - first!.steps) * 1000) / passed : this.state.rate,
      ...(charts && { charts }),
    }
    if (!picture.playing) this.#announce()
    else this.#shownTimer ??= setTimeout(() => this.#announce(), shownEveryMs)
  }

  #listenForLife(): void {
    if (!this.#worker) return
    if (++this.#silentSeconds <= patienceSeconds) {
      this.#tell({ type: 'ping' })
      return
    }
    const at = this.state.picture?.steps ?? 0
    this.#end({
      title: `A step of the model did not end within ${patienceSeconds} seconds, and the run was stopped after step ${at}.`,
      hint: 'It may go on without end: look at its loops. Reset starts again; the command line waits longer (--step-timeout).',
      keptTables: false,
    })
  }

  #end(problem: ShownProblem): void {
    this.#worker?.terminate()
    this.#worker = undefined
    this.#set({ problem, playing: false, running: false })
  }

  #set(changed: Partial<SimulationState>): void {
    this.state = { ...this.state, ...changed }
    this.#announce()
  }

  #announce(): void {
    clearTimeout(this.#shownTimer)
    this.#shownTimer = undefined
    for (const listener of this.#listeners) listener()
  }
}

export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
