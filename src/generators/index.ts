/** The built-in generators, a line each. */
export { documentQa } from './document-qa.ts'
export { fewShot } from './few-shot.ts'
export { multipleChoice } from './multiple-choice.ts'
export { paraphrase } from './paraphrase.ts'
export { prompt } from './prompt.ts'
export { records } from './records.ts'
export { taxonomy } from './taxonomy.ts'
export { template } from './template.ts'
