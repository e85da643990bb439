/** Predictions, and the target that makes them: whatever model is put to the test. */
import type { Entity, Task } from './example.ts'

/** A label with the model's probability for it, 0 to 1; absent if the model gives none. */
export interface ScoredLabel {
  label: string
  score?: number
}

export interface ScoredEntity extends Entity {
  score?: number
}

/**
 * What a model says of one text. For classification the labels it gives, surest first: one, or of a multi-label model any number;
 * `scores` are its probabilities of all labels, where it tells them. For entities those it finds, in order of place.
 */
export interface Prediction {
  labels: ScoredLabel[]
  scores?: ScoredLabel[]
  entities: ScoredEntity[]
}

/** A text that the model gave no usable answer for. The others are not touched by it. */
export interface FailedPrediction {
  failed: { code: string; message: string }
}

export type Predicted = Prediction | FailedPrediction

/** The model under test. */
export interface Target {
  /** As reports name it: a model and its version, an address, a file. */
  name: string
  kind: string
  task: Task
  /** Labels it can give, if it says so. */
  labels?: string[]
  /**
   * One answer a text, in the same order. Rejects with CultivarError only where nothing can be had of the target at all
   * (`provider-failed`, `bad-input`, `interrupted`); what goes wrong with some texts is a FailedPrediction for each.
   */
  predict(texts: readonly string[], options?: PredictOptions): Promise<Predicted[]>
  close?(): Promise<void>
}

export interface PredictOptions {
  signal?: AbortSignal
  observe?: (progress: { done: number; all: number }) => void
}

export function isFailed(predicted: Predicted): predicted is FailedPrediction {
  return 'failed' in predicted
}
