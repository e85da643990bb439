/** Stretches of a text replaced at once, and where spans stand afterwards. */

/** Replaces `start` to `end` (UTF-16 code units, exclusive) by `text`. A list of edits is in order and without overlaps. */
export interface Edit {
  start: number
  end: number
  text: string
  /** Whether what stands in it is beside the point, as added context: what a model finds there is not compared. */
  ignore?: true
  /** Whether it replaces letter by letter, as upper case does: the text is as long as before, and spans keep their place. */
  letterwise?: true
}

export function applyEdits(text: string, edits: readonly Edit[]): string {
  let result = ''
  let from = 0
  for (const edit of edits) {
    result += text.slice(from, edit.start) + edit.text
    from = edit.end
  }
  return result + text.slice(from)
}

/**
 * A span in the edited text. It grows or shrinks with an edit it holds; an edit that it cuts, or that holds it, is taken
 * in whole, since half a replacement means nothing.
 */
export function moveSpan<S extends { start: number; end: number }>(span: S, edits: readonly Edit[]): S {
  let { start, end } = span
  let shift = 0
  for (const edit of edits) {
    if (edit.start >= span.end) break
    if (edit.letterwise) continue
    const moved = edit.start + shift
    shift += edit.text.length - (edit.end - edit.start)
    if (edit.end <= span.start) start = span.start + shift
    else if (edit.start <= span.start) start = moved
    end = edit.end >= span.end ? moved + edit.text.length : span.end + shift
  }
  return { ...span, start, end }
}

/** Whether an edit replaces part of a span together with something outside of it, so that nobody can say what of it belongs there. */
export function cutsSpan(edit: Edit, span: { start: number; end: number }): boolean {
  if (edit.letterwise) return false
  const touches = edit.start < span.end && span.start < edit.end
  return touches && (edit.start < span.start || edit.end > span.end)
}
