/** The built-in formats, a line each. */
export { csv } from './csv.ts'
export { generativeAiLab } from './generative-ai-lab.ts'
export { json } from './json.ts'
export { jsonl } from './jsonl.ts'
export { labelStudio } from './label-studio.ts'
export { lines } from './lines.ts'
export { tsv } from './tsv.ts'
