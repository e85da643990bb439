/** A cell of CSV as RFC 4180 has it, and as a spreadsheet shows it instead of computing it. */

/** In quotes where a reader would take it apart, or take the blanks at its ends away. */
export function quotedCell(text: string, delimiter = ','): string {
  const needsQuotes = text.includes(delimiter) || /["\r\n]|^[\s\ufeff]|\s$/.test(text)
  return needsQuotes ? `"${text.replaceAll('"', '""')}"` : text
}

/** What a spreadsheet may take for a formula: also behind blanks and invisible characters, and in full-width forms. */
const formula = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u
const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** With `defuse`, a text that a spreadsheet would compute begins with an apostrophe; numbers stay numbers. */
export function spreadsheetCell(text: string, delimiter: string, defuse: boolean): string {
  const safe = defuse && formula.test(text) && !plainNumber.test(text) ? `'${text}` : text
  return quotedCell(safe, delimiter)
}
