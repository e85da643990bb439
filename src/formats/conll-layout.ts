/** How the columns of a CoNLL file stand beside each other. */

export interface ConllLayout {
  delimiter: '\t' | ' '
  columns: number
}

export const documentMark = '-DOCSTART-'

/** Whether the line begins a document, with columns or without; a token may begin with the same letters. */
export function marksDocument(line: string): boolean {
  return line.startsWith(documentMark) && /^[\t ]*$|^[\t ]/.test(line.slice(documentMark.length))
}

/** What most lines of a sample have; two columns if there is none with more than one. */
export function conllLayout(sample: string): ConllLayout {
  // The last line may be cut.
  const lines = sample.split(/\r\n?|\n/)
  const whole = lines.length > 2 ? lines.slice(0, -1) : lines
  const filled = whole.filter(line => line.trim() !== '' && !marksDocument(line))
  const tabbed = filled.filter(line => line.trim().includes('\t')).length
  const delimiter = tabbed * 2 > filled.length ? '\t' : ' '
  const counts = new Map<number, number>()
  for (const line of filled) {
    const columns = columnsOfLine(line, { delimiter }).length
    if (columns > 1) counts.set(columns, (counts.get(columns) ?? 0) + 1)
  }
  const [columns] = [...counts].toSorted((a, b) => b[1] - a[1])[0] ?? [2]
  return { delimiter, columns }
}

/** Only tabs and blanks separate: other white space may be a token. A token between tabs may hold blanks. */
export function columnsOfLine(line: string, { delimiter }: Pick<ConllLayout, 'delimiter'>): string[] {
  if (delimiter === '\t')
    return line
      .replace(/[\t ]+$/, '')
      .split('\t')
      .map(column => column.replace(/^ +| +$/g, ''))
  return line.replace(/^[\t ]+|[\t ]+$/g, '').split(/[\t ]+/)
}
