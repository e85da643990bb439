/** What a kind of target is: settings that describe themselves, and a way to open the model they name. */
import type { z } from 'zod'
import type { Ask } from '../engine/define.ts'
import type { Task } from '../model/example.ts'
import type { ScoredEntity, ScoredLabel, Target } from '../model/prediction.ts'
import type { NamedLabel } from '../text/label-list.ts'

/** A trained model as it stands in memory. `predict` of a classifier gives all labels, surest first. */
export type TrainedModel =
  | { kind: 'text-classifier'; labels: string[]; multiLabel: boolean; predict(text: string): ScoredLabel[] }
  | { kind: 'sequence-tagger'; labels: string[]; predict(text: string): ScoredEntity[] }

/** What targets are opened with. Only what a kind needs is called, when the target is opened. */
export interface TargetContext {
  task: Task
  /** Labels of the dataset. An answer with another one fails its text; absent: any label is taken. */
  labels?: readonly NamedLabel[]
  /** Where keys and `env:NAME` are looked up, and what a command is started with. */
  environment: Readonly<Record<string, string | undefined>>
  /** Commands are started here. */
  folder: string
  /** A built-in model by its name. */
  readModel(name: string): Promise<TrainedModel>
  /** The rows of a file, as parsed. */
  readRows(path: string): Promise<Record<string, unknown>[]>
  /** A `fetch` that follows no redirects, through proxies and with certificates as the environment says. */
  openFetch(url: string): Promise<typeof globalThis.fetch>
  /** The door to a provider, which stops by itself when the command does. */
  openAsk(provider: string): Promise<Ask>
}

export interface TargetKind<T extends z.ZodObject> {
  kind: string
  summary: string
  /** `kind`, and what every user of it sees described. */
  settings: T
  /** @throws CultivarError `bad-input` if the settings cannot work; nothing is sent or started before texts are asked about. */
  open(settings: z.infer<T>, context: TargetContext): Promise<Target>
}

export function defineTarget<T extends z.ZodObject>(definition: TargetKind<T>): TargetKind<T> {
  return definition
}
