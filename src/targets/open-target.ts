/** Opens the model under test that settings name. */
import { z } from 'zod'
import type { Target } from '../model/prediction.ts'
import { command, http, model, predictions, provider } from './index.ts'
import type { TargetContext } from './target-kind.ts'

/** The settings of any target; `kind` says which. */
export const targetSettings = z.discriminatedUnion('kind', [
  model.settings,
  http.settings,
  command.settings,
  predictions.settings,
  provider.settings,
])
export type TargetSettings = z.infer<typeof targetSettings>

/**
 * Nothing is sent or started before texts are asked about.
 * @throws CultivarError `bad-input` if the settings cannot work, and what the context throws
 */
export function openTarget(settings: TargetSettings, context: TargetContext): Promise<Target> {
  switch (settings.kind) {
    case 'model':
      return model.open(settings, context)
    case 'http':
      return http.open(settings, context)
    case 'command':
      return command.open(settings, context)
    case 'predictions':
      return predictions.open(settings, context)
    case 'provider':
      return provider.open(settings, context)
  }
}
