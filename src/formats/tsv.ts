/** Tab-separated values: CSV whose delimiter is a tab unless said otherwise. */
import { csv } from './csv.ts'
import type { Format } from './format.ts'

export const tsv: Format = {
  ...csv,
  kind: 'tsv',
  extensions: ['tsv', 'tab'],
  summary: 'Tab-separated values',
  read: (bytes, options) => csv.read(bytes, { ...options, delimiter: options?.delimiter ?? '\t' }),
  write: (records, options) => csv.write(records, { ...options, delimiter: options?.delimiter ?? '\t' }),
}
