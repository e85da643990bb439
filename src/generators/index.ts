/** The built-in generators, a line each. */
export { fewShot } from './few-shot.ts'
export { paraphrase } from './paraphrase.ts'
export { prompt } from './prompt.ts'
export { template } from './template.ts'
