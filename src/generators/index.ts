/** The built-in generators, a line each. */
export { fewShot } from './few-shot.ts'
export { paraphrase } from './paraphrase.ts'
export { prompt } from './prompt.ts'
export { records } from './records.ts'
export { template } from './template.ts'
