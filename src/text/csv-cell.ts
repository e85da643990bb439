/** A cell of CSV as RFC 4180 has it, and as a spreadsheet shows it instead of computing it. */

/** In quotes where a reader would take it apart, or take the blanks at its ends away. */
export function quotedCell(text: string, delimiter = ','): string {
  const needsQuotes = text.includes(delimiter) || /["\r\n]|^[\s\ufeff]|\s$/.test(text)
  return needsQuotes ? `"${text.replaceAll('"', '""')}"` : text
}
