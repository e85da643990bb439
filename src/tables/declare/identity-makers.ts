/** Columns that name rows: sequences, random ids of a pattern, and UUIDs. None has a value twice. */
import { BulkRandom } from '../../stats/bulk-random.ts'
import { permutation } from '../../stats/permutation.ts'
import type { SequenceChoice } from './column-choice.ts'
import type { ColumnMaker } from './column-maker.ts'
import { type Path, recipeFault } from './read-declaration.ts'

export function sequenceMaker(name: string, choice: SequenceChoice, path: Path): ColumnMaker {
  const { sequence: start, step, prefix = '', width } = choice
  const asText = prefix !== '' || width !== undefined
  const type = Number.isInteger(start) && Number.isInteger(step) ? 'integer' : 'decimal'
  return {
    makes: [name],
    needs: [],
    path,
    open: () => ({
      fixed: true,
      ...(step !== 0 && { unique: true }),
      headers: [asText ? { storage: 'texts', type: 'text', name } : { storage: 'numbers', type, name }],
      make({ numbers }) {
        const values = numbers.map(number => start + number * step)
        if (!asText) return [{ storage: 'numbers', type, name, values }]
        const texts = Array.from(values, value => prefix + String(value).padStart(width ?? 0, '0'))
        return [{ storage: 'texts', type: 'text', name, values: texts }]
      },
    }),
  }
}

const digits = '0123456789'
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const alphabets: Record<string, string> = { '#': digits, '?': letters, '*': digits + letters }

/** Texts of a pattern: row n gets the n-th in an order that is random, but the same for all blocks. */
export function idMaker(name: string, pattern: string, path: Path): ColumnMaker {
  if (pattern === 'uuid') return uuidMaker(name, path)
  const places = [...pattern].map(character => alphabets[character] ?? character)
  const possible = places.reduce((product, alphabet) => product * alphabet.length, 1)
  return {
    makes: [name],
    needs: [],
    path,
    open({ rows, random }) {
      if (possible < rows) {
        const needed = `${possible.toLocaleString('en')} values for ${rows.toLocaleString('en')} rows`
        throw recipeFault(
          path,
          `the pattern “${pattern}” has ${needed}, and none may come twice`,
          'Add # or ? to the pattern.',
        )
      }
      // Beyond what whole numbers hold exactly, the rest of the characters would be the same in all rows; nobody needs more ids.
      const shuffled = permutation(Math.min(possible, 2 ** 50), random.fork(name))
      return {
        fixed: true,
        unique: true,
        headers: [{ storage: 'texts', type: 'text', name }],
        make({ numbers }) {
          const values = Array.from(numbers, number => {
            let rest = shuffled(number)
            let text = ''
            for (let place = places.length - 1; place >= 0; place--) {
              const alphabet = places[place]!
              text = alphabet[rest % alphabet.length]! + text
              rest = Math.floor(rest / alphabet.length)
            }
            return text
          })
          return [{ storage: 'texts', type: 'text', name, values }]
        },
      }
    },
  }
}

const bytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** RFC 9562, version 4: 122 random bits. */
function uuidMaker(name: string, path: Path): ColumnMaker {
  return {
    makes: [name],
    needs: [],
    path,
    open: () => ({
      unique: true,
      headers: [{ storage: 'texts', type: 'text', name }],
      make({ table, random }) {
        const bulk = new BulkRandom(random, 4 * table.rows)
        const hex = (word: number) =>
          bytes[word >>> 24]! + bytes[(word >>> 16) & 255]! + bytes[(word >>> 8) & 255]! + bytes[word & 255]!
        const values = Array.from({ length: table.rows }, () => {
          const [a, b, c, d] = [bulk.word(), bulk.word(), bulk.word(), bulk.word()]
          const second = hex((b & ~0xf000) | 0x4000)
          const third = hex((c & 0x3fffffff) | 0x80000000)
          return `${hex(a)}-${second.slice(0, 4)}-${second.slice(4)}-${third.slice(0, 4)}-${third.slice(4)}${hex(d)}`
        })
        return [{ storage: 'texts', type: 'text', name, values }]
      },
    }),
  }
}
