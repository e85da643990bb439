/** Marked stretches of a text, moved to where their words stand after the text was edited. */

interface Stretch {
  start: number
  /** Exclusive. */
  end: number
}

interface Moved<S> {
  moved: S[]
  /** What became of their words, only a person knows. */
  cut: S[]
}

/**
 * The edit is taken for one changed stretch: what lies between the longest common beginning and the longest common end. Spans
 * before it stay and spans after it move; one within it moves to its words if these stand in either text exactly once. All others
 * are `cut`, and so are those whose edge would come to stand inside a word. Where a repeated word leaves open what was changed,
 * the reading that cuts fewer spans counts.
 */
export function moveSpans<S extends Stretch>(spans: readonly S[], before: string, after: string): Moved<S> {
  const most = Math.min(before.length, after.length)
  const beginning = commonBeginning(before, after, most)
  const end = commonEnd(before, after, most)
  const readings = [
    { from: beginning, rest: Math.min(end, most - beginning) },
    { from: Math.min(beginning, most - end), rest: end },
  ].map(({ from, rest }) => {
    const changedTo = before.length - rest
    const startOf = (span: S) => {
      if (span.end <= from) return span.start
      return span.start >= changedTo ? span.start + after.length - before.length : onlyPlace(before, after, span)
    }
    return moveEach(spans, before, after, startOf)
  })
  return readings.reduce((best, other) => (other.cut.length < best.cut.length ? other : best))
}

function moveEach<S extends Stretch>(
  spans: readonly S[],
  before: string,
  after: string,
  startOf: (span: S) => number | undefined,
): Moved<S> {
  const moved: S[] = []
  const cut: S[] = []
  for (const span of spans) {
    const start = startOf(span)
    const there = start === undefined ? undefined : { ...span, start, end: start + span.end - span.start }
    const broken =
      there &&
      ((splitsWord(after, there.start) && !splitsWord(before, span.start)) ||
        (splitsWord(after, there.end) && !splitsWord(before, span.end)))
    if (there && !broken) moved.push(there)
    else cut.push(span)
  }
  return { moved, cut }
}

/** Where the words of the span stand afterwards, if nobody can take others for them. */
function onlyPlace(before: string, after: string, { start, end }: Stretch): number | undefined {
  const words = before.slice(start, end)
  const place = after.indexOf(words)
  const once = place >= 0 && place === after.lastIndexOf(words) && before.indexOf(words) === before.lastIndexOf(words)
  return once ? place : undefined
}

function splitsWord(text: string, offset: number): boolean {
  const [left, right] = [text.slice(Math.max(0, offset - 2), offset), text.slice(offset, offset + 2)]
  return /[\p{L}\p{M}\p{N}]$/u.test(left) && /^[\p{L}\p{M}\p{N}]/u.test(right)
}

function commonBeginning(a: string, b: string, most: number): number {
  let length = 0
  while (length < most && a[length] === b[length]) length++
  return length
}

function commonEnd(a: string, b: string, most: number): number {
  let length = 0
  while (length < most && a[a.length - 1 - length] === b[b.length - 1 - length]) length++
  return length
}
