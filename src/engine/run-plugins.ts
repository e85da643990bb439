/** A recipe with its names looked up: the plug-ins, their checked parameters and the models they may ask. */
import type { Project } from '../model/project.ts'
import type { AnyCritic, AnyGenerator } from './define.ts'
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
  embedder?: LanguageModel
  /** Applied to every text before it is keyed and sent. */
  redact?: (text: string) => string
}
