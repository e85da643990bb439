/** Scans text without quotes. */
import { isBreak, isGap, type SourceText } from './source-text.ts'
import type { ScalarToken } from './token.ts'

const colon = 0x3a
const hash = 0x23
const flowIndicators = new Set([...',?[]{}'].map(one => one.charCodeAt(0)))
const afterColonInFlow = new Set([...',[]{}'].map(one => one.charCodeAt(0)))

/**
 * `indent` is the least column that a further line must begin at (in flow, any). `endsLine` says whether the text was followed by a
 * line break, so that a key may come next.
 */
export function scanPlain(
  source: SourceText,
  indent: number,
  inFlow: boolean,
): { token: ScalarToken; endsLine: boolean } {
  const start = source.mark()
  let end = start
  let value = ''
  let gap = ''
  let endsLine = false
  while (source.peek() !== hash) {
    const units = wordLength(source, inFlow)
    if (units === 0) break
    value += gap + source.take(units)
    end = source.mark()
    const next = scanGap(source)
    endsLine = next.endsLine
    gap = next.gap
    if (gap === '' || (!inFlow && source.column < indent)) break
  }
  return { token: { kind: 'scalar', value, style: 'plain', start, end }, endsLine }
}

/** Up to a gap, a colon that ends a key, or in flow an indicator. */
function wordLength(source: SourceText, inFlow: boolean): number {
  for (let units = 0; ; units++) {
    const code = source.peek(units)
    if (isGap(code) || (inFlow && flowIndicators.has(code))) return units
    if (code !== colon) continue
    const next = source.peek(units + 1)
    if (isGap(next) || (inFlow && afterColonInFlow.has(next))) return units
  }
}

/** What stands between two words in the value; `''` if the text ends here. Tabs are not passed, they end it. */
function scanGap(source: SourceText): { gap: string; endsLine: boolean } {
  const spaces = source.takeWhile(code => code === 32)
  if (!isBreak(source.peek())) return { gap: spaces, endsLine: false }
  const first = source.takeBreak()
  let breaks = ''
  while (!source.atSeparator()) {
    source.skipSpaces()
    if (!isBreak(source.peek())) return { gap: foldedBreaks(first, breaks), endsLine: true }
    breaks += source.takeBreak()
  }
  return { gap: '', endsLine: true }
}

/** A single line feed is folded into a space; further ones stand for themselves. */
export function foldedBreaks(first: string, further: string): string {
  if (first !== '\n') return first + further
  return further === '' ? ' ' : further
}
