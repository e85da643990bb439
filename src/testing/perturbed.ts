/** A text perturbed once, for tests of single perturbations. */
import type { Entity } from '../model/example.ts'
import { type Perturbed, perturbExample } from '../perturbations/perturb-example.ts'
import type { AnyPerturbation } from '../perturbations/perturbation.ts'
import { randomStream } from '../stats/random-stream.ts'

interface Settings {
  params?: object
  entities?: Entity[]
  seed?: number
  prob?: number
  examples?: { text: string; entities: Entity[] }[]
}

export function perturbed(perturbation: AnyPerturbation, text: string, settings: Settings = {}): Perturbed {
  const { params = {}, entities = [], seed = 0, prob = 1, examples = [] } = settings
  const perturb = perturbation.open({ params: perturbation.params.parse(params), prob, examples })
  return perturbExample({ text, entities }, [{ kind: perturbation.kind, perturb }], randomStream(seed))
}

/** What the first so many seeds make of a text, each result once. */
export function perturbedTexts(
  perturbation: AnyPerturbation,
  text: string,
  settings: Settings = {},
  seeds = 200,
): Set<string> {
  return new Set(Array.from({ length: seeds }, (_, seed) => perturbed(perturbation, text, { ...settings, seed }).text))
}
