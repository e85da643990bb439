/** Whether the figures of a text are those of the row that it tells of. */
import type { Json } from '../../model/json.ts'
import { figuresOf } from '../../text/figures.ts'

/** Numbers that stand before the items of a list are no figures of what it says. */
const listMark = /^[ \t]*\(?\d{1,2}[.)][ \t]+/gm

/**
 * The first figure of `text` that is none of the facts'; undefined where all are. A figure counts as theirs as it is written there, as
 * a number of the same value, rounded to the digits that it has, as a percentage of a share, or as a part of what is written with
 * several, as the day of a date or the number of a machine. Numbers in words are not looked at.
 *
 * @param also a text whose figures may be used too
 */
export function strangeFigure(text: string, facts: Record<string, Json>, also = ''): string | undefined {
  const values = [...Object.values(facts), also]
  const written = values.flatMap(value => (typeof value === 'string' ? figuresOf(value) : []))
  const composed = written.filter(figure => numberOf(figure).length === 0).flatMap(partsOf)
  const parts = new Set([...written, ...composed.filter(part => part !== '0')])
  const numbers = [...values.filter(value => typeof value === 'number'), ...written.flatMap(figure => numberOf(figure))]
  return figuresOf(text.replace(listMark, '')).find(figure => !isKnown(figure, parts, numbers))
}

function isKnown(figure: string, parts: ReadonlySet<string>, numbers: readonly number[]): boolean {
  if (parts.has(figure)) return true
  const read = numberOf(figure)
  if (read.some(value => numbers.some(number => isRounded(value, number, figure)))) return true
  // Of a date, a time or a range, each part.
  return partsOf(figure).length > 1 && partsOf(figure).every(part => part === '0' || parts.has(part))
}

function isRounded(value: number, number: number, figure: string): boolean {
  const decimals = /[.,](\d+)$/.exec(figure)?.[1]?.length ?? 0
  const half = 0.5 * 10 ** -decimals + 1e-9
  const size = Math.abs(number)
  if (value === size) return true
  // Rounding keeps a figure; it makes no zero of something.
  if (value !== 0 && !Number.isInteger(size) && Math.abs(value - size) <= half) return true
  return size > 0 && size < 1 && value !== 0 && Math.abs(value - 100 * size) <= half
}

/** The number that a figure may be, in the ways that it may be read: 1,200 is 1200, and 1,2 is 1.2. */
function numberOf(figure: string): number[] {
  const found = /^\d+(\.\d+)?$/.test(figure) ? [Number(figure)] : []
  if (/^[1-9]\d{0,2}([,’'.])\d{3}(\1\d{3})*([.,]\d+)?$/.test(figure)) {
    found.push(Number(figure.replace(/[,’'.](?=\d{3}(?:\D|$))/g, '').replace(',', '.')))
  }
  if (/^\d+,\d+$/.test(figure)) found.push(Number(figure.replace(',', '.')))
  return found
}

/** Digits that stand together, without zeros before. */
function partsOf(figure: string): string[] {
  return (figure.match(/\p{N}+/gu) ?? []).map(digits => digits.replace(/^0+(?=\d)/, ''))
}
