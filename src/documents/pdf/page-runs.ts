/** What pdf.js says was drawn, as runs in the page's own upright coordinates. */
import type { FontFacts } from './font-facts.ts'
import type { PageText, TextRun } from './page-text.ts'

/** A text item of pdf.js with the facts of its font. `transform` maps the unit square of the font to the page. */
export interface DrawnRun extends FontFacts {
  str: string
  dir: string
  width: number
  transform: number[]
}

interface Viewport {
  width: number
  height: number
  transform: number[]
}

interface PlacedRun extends TextRun {
  /** Of the text's direction, in quarter turns clockwise; undefined if it is aslant. */
  turn: number | undefined
}

export function pageText(drawn: DrawnRun[], viewport: Viewport): PageText {
  const placed: PlacedRun[] = []
  let spaced = false
  for (const run of drawn) {
    if (run.str.trim() === '') spaced ||= run.str !== '' && run.width > 0
    else {
      placed.push(place(run, viewport, spaced))
      spaced = false
    }
  }
  const main = mainTurn(placed)
  const turned = placed.filter(run => run.turn === main).map(run => turnBack(run, main, viewport))
  const across = placed.filter(run => run.turn !== main)
  const sideways = main % 2 === 1
  return {
    width: sideways ? viewport.height : viewport.width,
    height: sideways ? viewport.width : viewport.height,
    runs: withScripts(withoutOverprints(turned)),
    across: acrossText(across),
  }
}

function place(run: DrawnRun, { transform: view }: Viewport, spaced: boolean): PlacedRun {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = run.transform
  const along = [view[0]! * a + view[2]! * b, view[1]! * a + view[3]! * b] as const
  const turns = (Math.atan2(along[1], along[0]) / Math.PI) * 2
  const turn = Math.round(turns)
  return {
    text: run.str,
    x: view[0]! * e + view[2]! * f + view[4]!,
    y: view[1]! * e + view[3]! * f + view[5]!,
    width: run.width,
    size: Math.hypot(c, d) || Math.hypot(a, b),
    bold: run.bold,
    italic: run.italic,
    mono: run.mono,
    spaced,
    rightToLeft: run.dir === 'rtl',
    turn: Math.abs(turns - turn) < 0.03 ? (turn + 4) % 4 : undefined,
  }
}

function mainTurn(runs: PlacedRun[]): number {
  const letters = [0, 0, 0, 0]
  for (const { turn, text } of runs) if (turn !== undefined) letters[turn]! += text.length
  return letters.indexOf(Math.max(...letters))
}

function turnBack({ turn: _, ...run }: PlacedRun, turn: number, { width, height }: Viewport): TextRun {
  const { x, y } = run
  if (turn === 1) return { ...run, x: y, y: width - x }
  if (turn === 2) return { ...run, x: width - x, y: height - y }
  return turn === 3 ? { ...run, x: height - y, y: x } : run
}

/** Bold feigned by drawing twice, and shadows. */
function withoutOverprints(runs: TextRun[]): TextRun[] {
  const seen = new Map<string, TextRun[]>()
  return runs.filter(run => {
    const same = seen.get(run.text)
    const near = run.size * 0.12
    if (same?.some(other => Math.abs(other.x - run.x) < near && Math.abs(other.y - run.y) < near)) return false
    if (same) same.push(run)
    else seen.set(run.text, [run])
    return true
  })
}

/** A run is a script of the run drawn before or after it; one drawn later, of the run that it stands beside. */
function withScripts(runs: TextRun[]): TextRun[] {
  const result: TextRun[] = []
  for (const [i, run] of runs.entries()) {
    const next = runs[i + 1]
    const script =
      scriptOf(run, result.at(-1), 'before') ??
      (next ? scriptOf(run, next, 'after') : undefined) ??
      (footnoteMark.test(run.text) ? scriptBeside(run, runs) : undefined)
    result.push(script ?? run)
  }
  return result
}

function scriptBeside(run: TextRun, runs: TextRun[]): TextRun | undefined {
  for (const base of runs) {
    const script = scriptOf(run, base, 'before')
    if (script) return script
  }
  return
}

/** What is drawn apart from its line. */
const footnoteMark = /^\s*(?:\d{1,3}|[*†‡§]|\[\d{1,3}\])\s*$/
/** Of the size of its base, the most that a script has. */
const scriptSize = 0.87

function scriptOf(run: TextRun, base: TextRun | undefined, side: 'before' | 'after'): TextRun | undefined {
  if (!base || run.size > base.size * scriptSize) return
  const raised = base.y - run.y
  const gap = side === 'before' ? run.x - (base.x + base.width) : base.x - (run.x + run.width)
  // At the beginning of a line a whole blank, wide in justified text, may be between.
  if (gap < -base.size * 0.4 || gap > base.size * (side === 'before' ? 0.5 : 1.2)) return
  if (raised > base.size * 0.15 && raised < base.size * 0.8)
    return { ...run, y: base.y, size: base.size, script: 'sup' }
  if (raised < -base.size * 0.05 && raised > -base.size * 0.5)
    return { ...run, y: base.y, size: base.size, script: 'sub' }
}

/** In the order drawn, one text for what stands together; letters set one by one below each other are no text. */
function acrossText(runs: PlacedRun[]): string[] {
  const texts: string[] = []
  let last: PlacedRun | undefined
  for (const run of runs) {
    const together =
      last && last.turn === run.turn && Math.hypot(run.x - last.x, run.y - last.y) < last.width + last.size * 2
    if (together) texts.push(`${texts.pop()}${run.spaced ? ' ' : ''}${run.text}`)
    else texts.push(run.text)
    last = run
  }
  return texts.map(text => text.replace(/\s+/g, ' ').trim()).filter(text => /\p{L}{2}/u.test(text))
}
