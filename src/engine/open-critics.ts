/** The critics of a run, opened with what was frozen for them and sorted by what they may look at. */
import { CultivarError } from '../model/error.ts'
import type { Json } from '../model/json.ts'
import type { Snapshot } from '../model/run.ts'
import type { KnownCritic, ModelCritic, PureCritic } from './define.ts'
import type { RunPlugins } from './run-plugins.ts'

export interface OpenCritics {
  pure: { kind: string; pure: PureCritic }[]
  known: { kind: string; known: KnownCritic }[]
  models: { kind: string; judge: ModelCritic; provider: string }[]
}

/** Opens each critic with its own material; its place in the recipe is its key there. */
export function openCritics(plugins: RunPlugins, snapshot: Snapshot): OpenCritics {
  const opened: OpenCritics = { pure: [], known: [], models: [] }
  for (const [place, { critic, params, model }] of plugins.critics.entries()) {
    const { kind } = critic
    const material: Json = snapshot.criticMaterial[place] ?? null
    const context = { params, material, project: plugins.project, cells: snapshot.cells }
    if (critic.phase === 'pure') opened.pure.push({ kind, pure: critic.open(context) })
    else if (critic.phase === 'known') opened.known.push({ kind, known: critic.open(context) })
    else {
      const provider = model?.name ?? plugins.teacher?.name
      if (provider === undefined) {
        throw new CultivarError(
          'bad-recipe',
          `Critic “${kind}” asks a model, but the recipe names no provider for it.`,
          'Give the critic a “provider”, or the recipe a “teacher”.',
        )
      }
      opened.models.push({ kind, judge: critic.open(context), provider })
    }
  }
  return opened
}
