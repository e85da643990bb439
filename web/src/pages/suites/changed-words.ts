/** Which words of a changed text are not in the original: the longest common subsequence of words and blanks. */

interface Stretch {
  /** Where it begins in the changed text. */
  start: number
  text: string
  changed: boolean
}

/** Beyond this, only what begins and ends alike is taken for the same. */
const mostSteps = 1_000_000

export function changedWords(before: string, after: string): Stretch[] {
  const [old, now] = [partsOf(before), partsOf(after)]
  let from = 0
  while (from < old.length && from < now.length && old[from] === now[from]) from++
  let rest = 0
  while (rest < old.length - from && rest < now.length - from && old.at(-1 - rest) === now.at(-1 - rest)) rest++
  const kept = keptOf(old.slice(from, old.length - rest), now.slice(from, now.length - rest))
  const stretches: Stretch[] = []
  let start = 0
  for (const [at, text] of now.entries()) {
    const changed = at >= from && at < now.length - rest && !kept.has(at - from)
    const last = stretches.at(-1)
    if (last && last.changed === changed) last.text += text
    else stretches.push({ start, text, changed })
    start += text.length
  }
  return stretches
}

function partsOf(text: string): string[] {
  return text.match(/\s+|[\p{L}\p{M}\p{N}'’]+|[^\s\p{L}\p{M}\p{N}'’]/gu) ?? []
}

/** Places in `now` that are in `old` too, in order. */
function keptOf(old: readonly string[], now: readonly string[]): Set<number> {
  const kept = new Set<number>()
  if (old.length * now.length > mostSteps) return kept
  const width = now.length + 1
  const lengths = new Uint32Array((old.length + 1) * width)
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        old[i] === now[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!)
  for (let i = 0, j = 0; i < old.length && j < now.length; ) {
    if (old[i] === now[j]) {
      kept.add(j)
      i++
      j++
    } else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i++
    else j++
  }
  return kept
}
