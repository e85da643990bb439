/** The list of synthesizers. */
import type { FittedTable } from './fitted-table.ts'
import { network } from './network.ts'
import type { CodeSampler, Synthesizer } from './synthesizer.ts'
import { trees } from './trees.ts'

export const synthesizers = { network, trees }

/** What draws codes from a model that one of them fitted. */
export function openSynthesizer({ kind, model }: FittedTable['synthesizer']): CodeSampler {
  const synthesizer = synthesizers[kind as keyof typeof synthesizers] as Synthesizer<unknown>
  return synthesizer.sampler(model)
}
