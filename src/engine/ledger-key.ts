/** The key of a call in the ledger: equal questions to equal models are one call, paid once. */
import { createHash } from 'node:crypto'
import { canonicalJson } from '../model/json.ts'
import type { ModelRequest } from '../model/request.ts'
import type { LanguageModel } from './ports.ts'

/** Tells apart repeated questions of a generator; critics ask everything once (`0`). */
export type Sample = 0 | { seed: number; cell: string; ordinal: number; occurrence: number | string; salt?: string }

/**
 * SHA-256 of the logical request (before any adapter and JSON mode), the model’s identity, the prompt’s version and the sample.
 * Secrets, prices and limits do not enter.
 */
export function ledgerKey(
  request: ModelRequest,
  model: Pick<LanguageModel, 'kind' | 'endpoint' | 'model'>,
  prompt: string,
  sample: Sample,
): string {
  return sha256(canonicalJson([request, model.kind, model.endpoint, model.model, prompt, sample]))
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
