/** Kinds of text files, by what stands around the cells. */
import { CultivarError } from '../../model/error.ts'
import { spreadsheetCell } from '../../text/csv-cell.ts'
import type { CellStyle } from './cell-writer.ts'
import { encoded, joined } from './joined-bytes.ts'

export interface TextLayout extends CellStyle {
  /** Before all rows. */
  opening: Uint8Array
  /** Before the cell of each column. */
  before: Uint8Array[]
  /** Between two rows. */
  between: Uint8Array
  /** After the last row; `empty`: there was none. */
  closing(empty: boolean): Uint8Array
}

const nothing = new Uint8Array(0)
const lineFeed = encoded('\n')

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
  const text = (value: string) => encoded(spreadsheetCell(value, delimiter, defuse) || '""')
  return {
    opening: joined([
      ...names.flatMap((name, index) => [index === 0 ? nothing : encoded(delimiter), text(name)]),
      lineFeed,
    ]),
    before: names.map((_, index) => (index === 0 ? nothing : encoded(delimiter))),
    between: lineFeed,
    closing: empty => (empty ? nothing : lineFeed),
    // A lone empty cell would be a blank line, which readers skip.
    nothing: names.length === 1 ? encoded('""') : nothing,
    text,
  }
}

/** JSON Lines or, with `asArray`, one JSON array. */
function jsonLayout(names: string[], asArray: boolean): TextLayout {
  const text = (value: string) => encoded(JSON.stringify(value))
  return {
    opening: asArray ? encoded('[\n') : nothing,
    before: names.map((name, index) => encoded(`${index === 0 ? '{' : ','}${JSON.stringify(name)}:`)),
    between: encoded(asArray ? '},\n' : '}\n'),
    closing: empty => encoded(`${empty ? '' : '}\n'}${asArray ? ']\n' : ''}`),
    nothing: encoded('null'),
    text,
  }
}
