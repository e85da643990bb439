/** Offsets of marked stretches, in UTF-16 code units, that never fall inside what a reader takes for one letter. */

export interface Stretch {
  start: number
  /** Exclusive. */
  end: number
}

const clusters = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const words = new Intl.Segmenter(undefined, { granularity: 'word' })

/** The nearest place between two letters, before or after the offset. */
export function betweenLetters(text: string, offset: number, towards: 'start' | 'end'): number {
  const cluster = clusters.segment(text).containing(offset)
  if (!cluster || cluster.index === offset) return Math.min(Math.max(0, offset), text.length)
  return towards === 'start' ? cluster.index : cluster.index + cluster.segment.length
}

/** The stretch a person selected: whole letters, without blanks at its ends. Undefined where only blanks are left. */
export function wholeLetters(text: string, { start, end }: Stretch): Stretch | undefined {
  let from = betweenLetters(text, start, 'start')
  let to = betweenLetters(text, end, 'end')
  for (let letter = clusterAt(text, from); from < to && isBlank(letter); letter = clusterAt(text, from))
    from += letter.length
  for (let letter = clusterAt(text, to - 1); to > from && isBlank(letter); letter = clusterAt(text, to - 1))
    to -= letter.length
  return from < to ? { start: from, end: to } : undefined
}

/** Where a caret goes by one letter or word. */
export function moved(text: string, offset: number, by: 'letter' | 'word', forward: boolean): number {
  if (by === 'letter') {
    const next = forward ? offset : offset - 1
    return next < 0 || next >= text.length
      ? offset
      : betweenLetters(text, next + (forward ? 1 : 0), forward ? 'end' : 'start')
  }
  let place = offset
  while (forward ? place < text.length : place > 0) {
    const word = words.segment(text).containing(forward ? place : place - 1)
    if (!word) break
    place = forward ? word.index + word.segment.length : word.index
    if (word.isWordLike) break
  }
  return place
}

/** Whether the paragraph around the offset runs from right to left: its first letter tells. */
export function isRightToLeft(text: string, offset: number): boolean {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const end = text.indexOf('\n', offset)
  const [letter = ''] = /\p{L}/u.exec(text.slice(start, end < 0 ? undefined : end)) ?? []
  return /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(letter)
}

/**
 * Where stretches stand after a person typed: those before the change stay, those after it move, one around it grows or shrinks, one
 * that it cuts keeps the rest, one that was typed over is on the new letters, and one whose letters are all gone is gone. `caret` is where typing ended; it tells which of several
 * equal letters was typed.
 */
export function followEdit<S extends Stretch>(spans: readonly S[], before: string, after: string, caret: number): S[] {
  const grown = after.length - before.length
  const most = Math.min(before.length, after.length)
  const rest = Math.min(commonEnd(before, after, most), Math.max(0, after.length - caret))
  let from = 0
  while (from < most - rest && before[from] === after[from]) from++
  const changedTo = before.length - rest
  const place = (offset: number, isStart: boolean): number => {
    if (offset < from || (offset === from && (!isStart || changedTo > from))) return offset
    if (offset >= changedTo) return offset + grown
    return isStart ? changedTo + grown : from
  }
  return spans.flatMap(span => {
    const moved = { start: place(span.start, true), end: place(span.end, false) }
    const whole = moved.start < moved.end ? wholeStretch(after, moved) : moved
    return whole.start < whole.end ? [{ ...span, ...whole }] : []
  })
}

function wholeStretch(text: string, { start, end }: Stretch): Stretch {
  return { start: betweenLetters(text, start, 'start'), end: betweenLetters(text, end, 'end') }
}

function clusterAt(text: string, offset: number): string {
  return clusters.segment(text).containing(offset)?.segment ?? ''
}

function isBlank(letter: string): boolean {
  return letter !== '' && letter.trim() === ''
}

function commonEnd(a: string, b: string, most: number): number {
  let length = 0
  while (length < most && a[a.length - 1 - length] === b[b.length - 1 - length]) length++
  return length
}
