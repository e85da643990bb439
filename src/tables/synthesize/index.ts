/** The list of synthesizers. */
import type { FittedTable } from './fitted-table.ts'
import { network } from './network.ts'
import type { CodeSampler, Synthesizer } from './synthesizer.ts'
import { trees } from './trees.ts'

export const synthesizers = { network, trees }

/** Opening takes longer than drawing a few rows, and some draw a few rows again and again. */
const samplers = new WeakMap<object, CodeSampler>()

/** What draws codes from a model that one of them fitted. */
export function openSynthesizer({ kind, model }: FittedTable['synthesizer']): CodeSampler {
  const opened = samplers.get(model as object)
  if (opened) return opened
  const synthesizer = synthesizers[kind as keyof typeof synthesizers] as Synthesizer<unknown>
  const sampler = synthesizer.sampler(model)
  samplers.set(model as object, sampler)
  return sampler
}
