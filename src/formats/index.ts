/** The built-in formats, a line each. */
export { csv } from './csv.ts'
export { json } from './json.ts'
export { jsonl } from './jsonl.ts'
export { tsv } from './tsv.ts'
