/** The built-in formats. */
import { csv } from './csv.ts'
import type { Format } from './format.ts'
import { json } from './json.ts'
import { jsonl } from './jsonl.ts'
import { tsv } from './tsv.ts'

export const formats: Format[] = [csv, tsv, jsonl, json]
