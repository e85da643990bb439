/** What a plug-in is: one value. Generators propose candidates, critics judge them; both reach models only through `ask`. */
import type { z } from 'zod'
import type { ReadDocument, StoredDocument } from '../model/document.ts'
import type { CultivarError } from '../model/error.ts'
import type { Json } from '../model/json.ts'
import type { Project } from '../model/project.ts'
import type { CriticChoiceInput } from '../model/recipe.ts'
import type { Content, EditStep, Split, StoredRecord, Verdict } from '../model/record.ts'
import type { Message } from '../model/request.ts'
import type { Candidate } from '../model/run.ts'
import type { SimulationOrder } from '../simulations/run-simulation.ts'
import type { Simulation } from '../simulations/simulation.ts'
import type { RandomStream } from '../stats/random-stream.ts'
import type { ColumnHeader, Table } from '../tables/table.ts'

/** A question to a model. `prompt` names the prompt file and its version (`few-shot@1`): both are part of the ledger key. */
export interface AskRequest<T = string> {
  prompt: string
  /** Who is asked; default: the teacher. A generator that asks the critic says `usesCritic`. */
  role?: 'teacher' | 'critic'
  /**
   * Names the question within its unit. Needed where several of a unit are under way at once: unnamed ones are counted in the order
   * they are asked, and replies come in any order.
   */
  place?: string
  /** Equal questions get one answer, whichever unit asks: nothing of the unit enters the key. */
  once?: boolean
  messages: Message[]
  /** What the reply must be once repaired; absent for free text. An invalid reply is asked again with the error. */
  schema?: z.ZodType<T>
  /** 0–2; left out where the service does not take one. */
  temperature?: number
  maxOutputTokens: number
}

/** `truncated`: the output limit cut the reply, so its last item may be incomplete. */
export type Answer<T> =
  | { kind: 'reply'; value: T; truncated: boolean; call: string }
  | { kind: 'refused'; text: string; call: string }

/** The one door to the models. A call that cannot be answered fails the unit; it never returns half an answer. */
export type Ask = <T = string>(request: AskRequest<T>) => Promise<Answer<T>>

/** What a generator or critic may read when a run is created; all it returns is frozen with the run. */
export interface PlanContext<P> {
  params: P
  project: Project
  random: RandomStream
  /** The project's records that the run sees, rejected ones left out, in order. */
  records(): AsyncIterable<StoredRecord>
  /** Text of a file beside the recipe (UTF-8); its hash becomes part of the run's identity. */
  readText(path: string): Promise<string>
  /** Absent where there is nothing but records, as in tests. */
  sources?: Sources
  /** Vectors from the project's embedder; absent if it has none. */
  embed?: (texts: string[]) => Promise<number[][]>
  findSimulation?: FindSimulation
}

/**
 * A simulation that is built in, by its name, or one of the user's own, by the path of its file from the recipe's folder. Its version
 * or its hash becomes part of the run's identity. Absent where nothing but what is built in can be had.
 *
 * Throws CultivarError `not-found`, `bad-file` for a file without a simulation, `run-changed` for one that changed since it was loaded.
 */
export type FindSimulation = (nameOrPath: string) => Promise<RunnableSimulation>

export interface RunnableSimulation {
  simulation: Simulation
  /** Of its file and those that it imports, where it is not built in. */
  hash?: string
  /** Sets a run up. Throws CultivarError what the model throws, `too-slow` where it does not come to an end. */
  start(order: SimulationOrder): SlicedRun
}

/** A run in slices of time. Where a model is somebody's own code, a step that never ends is cut off. */
export interface SlicedRun {
  readonly tables: { name: string; columns: ColumnHeader[] }[]
  /** There once it has ended. `failure` is what the model threw, or `too-slow`. */
  readonly outcome: { failure?: CultivarError } | undefined
  /** Goes on for a moment and gives the full blocks, or all rows there are; the last time, all that is left of whole steps. */
  goOn(all?: boolean): { block: Table }[]
}

/**
 * What lies outside the project's records. Paths start from the recipe's folder. What is read becomes part of the run's identity.
 * All throw CultivarError: `not-found`, `bad-file` (damaged, locked, none that can be read), or what git says.
 */
export interface Sources {
  /** Paths of all files below a folder, with `/`, from the folder on, sorted; hidden folders and what links lead out to are left out. */
  listFiles(folder: string): Promise<string[]>
  /** Of those, the files that differ from a git reference, new ones included. */
  listChanges(folder: string, since: string): Promise<string[]>
  /** A document of any format that can be read. */
  readDocument(path: string): Promise<ReadDocument>
  /** The documents of a repository at a commit whose paths match one of the patterns, in order of path. */
  readRepository(choice: { repo: string; commit: string; patterns: string[] }): Promise<ReadDocument[]>
  /** The project's own documents, in the order they were added. */
  documents(): AsyncIterable<StoredDocument>
}

/** Examples by cell, as fields of a record. */
export type Seeds = Record<string, Content['fields'][]>

export interface Plan {
  /** What targets are counted in; one cell named `all` if there is nothing to tell apart. */
  cells: string[]
  /** Whatever `propose` needs, as JSON. */
  material: Json
  /** Most candidates one unit is asked for. */
  perUnit: number
  /**
   * Kept records wanted per cell, where the parameters themselves say how many, as quotas do: what the recipe gets without a `target`
   * of its own. A target that says otherwise is refused. Of `cells` alone; a cell that is not named wants none.
   */
  targets?: Record<string, number>
  /** Kept records per cell where neither the recipe nor `targets` say how many; default: ten in all. */
  defaultTarget?: number
  /** What candidates are grown from, by cell: contents that critics may measure candidates against. Not stored by itself. */
  seeds?: Seeds
  /** Most units planned together, if other than usual: with fewer, later ones know sooner what was kept. A recipe's own `rounds.size` wins. */
  roundSize?: number
  /** Lines for `--dry-run` and the report: what was found, what was chosen. */
  notes: string[]
}

export interface UnitContext<P> {
  params: P
  material: Json
  project: Project
  cell: string
  cellOrdinal: number
  /** Candidates asked for. */
  asks: number
  /** From earlier rounds: texts kept (newest first) and texts that a person or a critic's model turned down. Empty unless `usesFeedback`. */
  feedback: { kept: string[]; disliked: string[] }
  /** This unit's own stream, the same whenever and wherever it runs. */
  random: RandomStream
  findSimulation?: FindSimulation
}

/** A candidate before judgement. `reject` says that it is known to be bad already: `refused`, or what made it unreadable. */
export interface Proposal extends Partial<Content> {
  cell?: string
  call?: string
  /** Place among the items of its call; default: place in the list. */
  index?: number
  seeds?: string[]
  /** What was done to the first of them, if that is how it was made. */
  steps?: EditStep[]
  /** Besides those that the recipe gives. */
  tags?: string[]
  /** Default: `train`. */
  split?: Split
  reject?: { critic: string; reason: string }
  /** What the generator's own critics said, in order; one that does not pass rejects the candidate. */
  verdicts?: Verdict[]
}

/** A request for `--dry-run`: the stage it belongs to and how many of it the unit is expected to send. */
export interface PreviewedRequest extends AskRequest<unknown> {
  /** Default: `propose`. */
  stage?: string
  /** Default: 1. */
  times?: number
}

export interface Generator<P = unknown> {
  kind: string
  summary: string
  /** Raise it when the same parameters and replies would give other candidates. */
  version: number
  params: z.ZodType<P>
  usesModel: boolean
  /** Whether it does with these parameters; default: it does. Where not, no teacher is needed. */
  asks?(params: P): boolean
  /** Asks the recipe's critic too, which is the teacher unless the recipe names one. */
  usesCritic?: boolean
  usesFeedback: boolean
  /** Texts of each kind that feedback brings per cell; default 12. */
  mostFeedback?: number
  /** Critics it brings along, each used unless the recipe lists one of that kind. */
  critics?(params: P): CriticChoiceInput[]
  /** `id@version` of each built-in prompt it uses. */
  prompts: string[]
  plan(context: PlanContext<P>): Plan | Promise<Plan>
  propose(context: UnitContext<P> & { ask: Ask }): Proposal[] | Promise<Proposal[]>
  /** The requests a unit would send, for `--dry-run`: the first exactly, later ones with stand-ins for what replies would say. */
  preview?(context: UnitContext<P>): PreviewedRequest[]
}

/** A generator as lists hold it, whatever its parameters. */
// biome-ignore lint/suspicious/noExplicitAny: parameters are checked by the plug-in's own schema before any method sees them
export type AnyGenerator = Generator<any>

/** Defines a generator. Everything users see of it (help, reference page, JSON Schema, form) is derived from `params`. */
export function defineGenerator<P>(
  definition: Omit<Generator<P>, 'version' | 'usesModel' | 'usesFeedback' | 'prompts'> & Partial<Generator<P>>,
): Generator<P> {
  return { version: 1, usesModel: false, usesFeedback: false, prompts: [], ...definition }
}

/** The common case of a generator: one prompt a unit, one list of items a reply. `prompt` and `parse` are pure. */
export function promptGenerator<P, T>(definition: {
  kind: string
  summary: string
  version?: number
  params: z.ZodType<P>
  prompts: string[]
  usesFeedback?: boolean
  mostFeedback?: number
  critics?(params: P): CriticChoiceInput[]
  units(context: PlanContext<P>): Plan | Promise<Plan>
  prompt(context: UnitContext<P>): AskRequest<T>
  /** The items of a reply; with `truncated`, the last one may be incomplete. */
  parse(value: T, context: UnitContext<P>, truncated: boolean): Proposal[]
}): Generator<P> {
  const { units, prompt, parse, ...rest } = definition
  return defineGenerator<P>({
    ...rest,
    usesModel: true,
    plan: units,
    preview: context => [prompt(context) as AskRequest<unknown>],
    async propose({ ask, ...context }) {
      const answer = await ask(prompt(context))
      if (answer.kind === 'refused') {
        return [{ fields: {}, call: answer.call, reject: { critic: 'refused', reason: answer.text.slice(0, 300) } }]
      }
      return parse(answer.value, context, answer.truncated).map(item => ({ call: answer.call, ...item }))
    },
  })
}

/** A verdict that may mend instead of rejecting: `revised` takes the place of the candidate's content from there on. */
export type PureVerdict = Verdict & { revised?: Content }

/** Judges by the candidate alone. */
export interface PureCritic {
  judge(candidate: Candidate): PureVerdict
}

/**
 * Judges against records already kept. `judge` looks only at those learned with a sequence number up to `known`,
 * so that a verdict reached while proposing does not depend on timing. Sequence 0 is what the project held before the run.
 */
export interface KnownCritic {
  judge(candidate: Candidate, known: number): Verdict
  learn(record: { id: string; fields: Content['fields']; cell: string }, sequence: number): void
}

/** Judges by asking a model. */
export interface ModelCritic {
  judge(candidate: Candidate, ask: Ask): Promise<Verdict>
  /** What one judgement would send, for `--dry-run`. */
  preview?(candidate: Candidate): AskRequest<unknown>
}

interface CriticFacts<P> {
  kind: string
  summary: string
  version: number
  params: z.ZodType<P>
  /** Runs unless the recipe says `enabled: false`. */
  onByDefault: boolean
  prompts: string[]
  /** Frozen when the run is created: what the critic measures candidates against. */
  plan?(context: PlanContext<P> & { cells: string[]; seeds?: Seeds }): Json | Promise<Json>
}

export interface CriticContext<P> {
  params: P
  material: Json
  project: Project
  cells: string[]
}

export type Critic<P = unknown> = CriticFacts<P> &
  (
    | { phase: 'pure'; open(context: CriticContext<P>): PureCritic }
    | { phase: 'known'; open(context: CriticContext<P>): KnownCritic }
    | { phase: 'model'; open(context: CriticContext<P>): ModelCritic }
  )

/** A critic as lists hold it, whatever its parameters. */
// biome-ignore lint/suspicious/noExplicitAny: parameters are checked by the plug-in's own schema before any method sees them
export type AnyCritic = Critic<any>

type Optional<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> & Partial<Pick<T, K & keyof T>> : never

/** Defines a critic; `phase` says what it may look at and hence when it runs: pure, known, model, in this order. */
export function defineCritic<P>(definition: Optional<Critic<P>, 'version' | 'onByDefault' | 'prompts'>): Critic<P> {
  return { version: 1, onByDefault: false, prompts: [], ...definition } as Critic<P>
}
