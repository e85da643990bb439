/** Kinds of text files, by what stands around the cells. */
import { CultivarError } from '../model/error.ts'
import { spreadsheetCell } from '../text/csv-cell.ts'
import type { CellStyle } from './cell-writer.ts'

export interface TextLayout extends CellStyle {
  /** Before all rows. */
  opening: Buffer
  /** Before the cell of each column. */
  before: Buffer[]
  /** Between two rows. */
  between: Buffer
  /** After the last row; `empty`: there was none. */
  closing(empty: boolean): Buffer
}

const nothing = Buffer.alloc(0)
const lineFeed = Buffer.from('\n')

export type TextFormat = 'csv' | 'tsv' | 'json' | 'jsonl'

export function textLayout(
  format: TextFormat,
  names: string[],
  {
    delimiter = format === 'tsv' ? '\t' : ',',
    defuseFormulas = true,
  }: { delimiter?: string; defuseFormulas?: boolean } = {},
): TextLayout {
  return format === 'json' || format === 'jsonl'
    ? jsonLayout(names, format === 'json')
    : csvLayout(names, delimiter, defuseFormulas)
}

/** Lines end with LF. With `defuse`, texts that a spreadsheet would compute begin with an apostrophe. */
function csvLayout(names: string[], delimiter: string, defuse: boolean): TextLayout {
  if (delimiter.length !== 1 || /["\r\n]/.test(delimiter)) {
    throw new CultivarError('bad-input', 'The delimiter must be one character, and no quote.', 'Use , or ; or a tab.')
  }
  const text = (value: string) => Buffer.from(spreadsheetCell(value, delimiter, defuse) || '""')
  return {
    opening: Buffer.concat([
      ...names.flatMap((name, index) => [index === 0 ? nothing : Buffer.from(delimiter), text(name)]),
      lineFeed,
    ]),
    before: names.map((_, index) => (index === 0 ? nothing : Buffer.from(delimiter))),
    between: lineFeed,
    closing: empty => (empty ? nothing : lineFeed),
    // A lone empty cell would be a blank line, which readers skip.
    nothing: names.length === 1 ? Buffer.from('""') : nothing,
    text,
  }
}

/** JSON Lines or, with `asArray`, one JSON array. */
function jsonLayout(names: string[], asArray: boolean): TextLayout {
  const text = (value: string) => Buffer.from(JSON.stringify(value))
  return {
    opening: asArray ? Buffer.from('[\n') : nothing,
    before: names.map((name, index) => Buffer.from(`${index === 0 ? '{' : ','}${JSON.stringify(name)}:`)),
    between: Buffer.from(asArray ? '},\n' : '}\n'),
    closing: empty => Buffer.from(`${empty ? '' : '}\n'}${asArray ? ']\n' : ''}`),
    nothing: Buffer.from('null'),
    text,
  }
}
