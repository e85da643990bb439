/** A recipe with its names looked up: the plug-ins, their checked parameters and the models they may ask. */
import type { Project } from '../model/project.ts'
import type { AnyCritic, AnyGenerator, FindSimulation } from './define.ts'
import type { LanguageModel } from './ports.ts'

export interface ChosenCritic {
  critic: AnyCritic
  params: unknown
  /** For critics that ask a model. */
  model?: LanguageModel
}

export interface RunPlugins {
  project: Project
  generator: AnyGenerator
  params: unknown
  /** Those that are on: defaults first, then as the recipe lists them. */
  critics: ChosenCritic[]
  teacher?: LanguageModel
  /** Judges what a generator has judged between its stages. */
  critic?: LanguageModel
  embedder?: LanguageModel
  /** Applied to every text before it is keyed and sent. */
  redact?: (text: string) => string
  findSimulation?: FindSimulation
}

/** The models that are asked for text; one may be there in several roles. */
export function chatModelsOf({ teacher, critic, critics }: RunPlugins): LanguageModel[] {
  return [teacher, critic, ...critics.map(({ model }) => model)].filter(model => model !== undefined)
}
