/** The keys beside a key, by the rows of a keyboard and how far each is set off from the one above. */

/** Letter rows from the top; other keys count as places without a letter. */
const layouts = {
  qwerty: ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'],
  azerty: ['azertyuiop', 'qsdfghjklm', 'wxcvbn'],
  qwertz: ['qwertzuiop', 'asdfghjkl', 'yxcvbnm'],
}
/** In widths of a key, as on ISO keyboards. */
const rowOffsets = [0, 0.25, 0.75]

export type KeyboardLayout = keyof typeof layouts

export const keyboardLayouts = Object.keys(layouts) as KeyboardLayout[]

/**
 * By lower-case letter, the letters whose keys touch its own; those of the same row twice, since fingers slip sideways most.
 */
export function keyboardNeighbours(layout: KeyboardLayout): Record<string, string[]> {
  const keys = layouts[layout].flatMap((letters, row) =>
    Array.from(letters, (letter, column) => ({ letter, row, at: column + rowOffsets[row]! })),
  )
  return Object.fromEntries(
    keys.map(key => {
      const beside = keys.filter(other => other.row === key.row && Math.abs(other.at - key.at) === 1)
      const above = keys.filter(other => Math.abs(other.row - key.row) === 1 && Math.abs(other.at - key.at) < 1)
      return [key.letter, [...beside, ...beside, ...above].map(({ letter }) => letter)]
    }),
  )
}
