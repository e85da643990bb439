/** A run’s progress on stderr: a live picture on a terminal, a line every few seconds elsewhere. */
import { cellTree, treeName } from '../app/cell-tree.ts'
import { padded, printable } from '../app/preview-table.ts'
import { bar, spelledCount, spelledCounts, spelledDollars, spelledDuration } from '../app/spelled.ts'
import type { RunEvent } from '../model/run-event.ts'
import { cutToWidth, displayWidth } from '../text/display-width.ts'

type Growing = Extract<RunEvent, { kind: 'progress' }>

interface Moment {
  atMs: number
  calls: number
  kept: number
}

const frameMs = 100
const lineMs = 5_000
/** Rates are of this much of the past. */
const windowMs = 15_000
/** Rows of cells, and of a tree of them: where a list says enough with a few, a tree says more the further it is open. */
const [mostCells, mostInTree] = [12, 40]
/** Columns for the name of a cell, and of one in a tree. */
const [widestCell, widestLeaf] = [28, 44]
const widestBar = 24

/** Follows a run until `end`, which leaves no trace of the live picture. */
export class RunProgress {
  #stream: NodeJS.WriteStream
  #timer: NodeJS.Timeout
  #last: Growing | undefined
  #told: Growing | undefined
  #waiting = ''
  #drawn = 0
  #moments: Moment[] = []

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream
    this.#timer = setInterval(() => this.#tick(), stream.isTTY ? frameMs : lineMs)
  }

  observe(event: RunEvent): void {
    if (event.kind === 'progress') {
      this.#last = event
      this.#waiting = ''
      this.#remember(event)
    } else if (event.kind === 'opened') {
      const target = sum(Object.values(event.targets))
      this.tell(`${event.resumed ? 'Going on with' : 'Growing'} run ${event.run}: ${spelledCounts(target, 'record')}`)
    } else if (event.kind === 'note') this.tell(event.text)
    else if (event.why !== this.#waiting) {
      this.#waiting = event.why
      if (!this.#stream.isTTY) this.tell(`Waiting: ${event.why}`)
    }
  }

  /** A line above the live picture. */
  tell(text: string): void {
    this.#erase()
    this.#stream.write(`${text}\n`)
  }

  end(): void {
    clearInterval(this.#timer)
    this.#erase()
  }

  #tick(): void {
    if (!this.#last) return
    if (this.#stream.isTTY) this.#draw(this.#last)
    else if (this.#told !== this.#last) {
      this.#told = this.#last
      this.tell(this.#sums(this.#last).join(' · '))
    }
  }

  #draw(event: Growing): void {
    const { columns = 80, rows = 24 } = this.#stream
    const sums = this.#sums(event)
    const lines = [
      ...cellLines(event, { rows: Math.max(1, rows - 5), columns }),
      `  ${sums.slice(0, 4).join(' · ')}`,
      `  ${sums.slice(4).join(' · ')}`,
      ...(this.#waiting ? [`  Waiting: ${this.#waiting}`] : []),
    ].map(line => cutToWidth(line, columns - 1))
    this.#erase()
    this.#stream.write(`${lines.join('\n')}\n`)
    this.#drawn = lines.length
  }

  #erase(): void {
    if (this.#drawn > 0) this.#stream.write(`\u001b[${this.#drawn}A\u001b[0J`)
    this.#drawn = 0
  }

  #remember({ spent, tallies }: Growing): void {
    const now = performance.now()
    const newest = this.#moments.at(-1)
    if (newest && now - newest.atMs < frameMs) return
    this.#moments.push({ atMs: now, calls: spent.calls, kept: sum(Object.values(tallies).map(({ kept }) => kept)) })
    while (now - this.#moments[0]!.atMs > windowMs) this.#moments.shift()
  }

  #sums({ tallies, targets, spent, callsInFlight }: Growing): string[] {
    const all = Object.values(tallies)
    const kept = sum(all.map(tally => tally.kept))
    const target = sum(Object.values(targets))
    const rejected = sum(all.flatMap(tally => Object.values(tally.rejected)))
    const surplus = sum(all.map(tally => tally.surplus))
    const rates = this.#rates()
    const left = target - kept
    return [
      `${spelledCount(kept)} of ${spelledCount(target)} kept`,
      `${spelledCount(sum(all.map(tally => tally.candidates)))} proposed`,
      `${spelledCount(rejected)} rejected`,
      `${spelledCount(surplus)} surplus`,
      `${spelledCounts(spent.calls, 'call')}${rates ? ` (${rates.calls.toFixed(1)}/s)` : ''}`,
      ...(callsInFlight > 0 ? [`${callsInFlight} in flight`] : []),
      spelledCounts(spent.tokens, 'token'),
      ...(spent.nanoUsd > 0 ? [spelledDollars(spent.nanoUsd)] : []),
      ...(rates && rates.kept > 0 && left > 0 ? [`about ${spelledDuration((1000 * left) / rates.kept)} left`] : []),
    ]
  }

  /** A second; undefined until there is enough past to tell. */
  #rates(): { calls: number; kept: number } | undefined {
    const [first] = this.#moments
    const last = this.#moments.at(-1)
    if (!first || !last || last.atMs - first.atMs < 1000) return undefined
    const seconds = (last.atMs - first.atMs) / 1000
    return { calls: (last.calls - first.calls) / seconds, kept: (last.kept - first.kept) / seconds }
  }
}

/** A tree where the cells are one; else those that still fill come first. */
function cellLines({ tallies, targets }: Growing, room: { rows: number; columns: number }): string[] {
  const counts = Object.entries(targets).map(([cell, target]) => ({ cell, target, kept: tallies[cell]?.kept ?? 0 }))
  const tree = cellTree(counts, Math.min(mostInTree, room.rows))?.map(row => ({
    ...row,
    name: treeName(row, printable),
  }))
  const filling = counts.toSorted((a, b) => Number(a.kept >= a.target) - Number(b.kept >= b.target))
  const cells = tree ?? filling.map(count => ({ ...count, name: printable(count.cell) }))
  const widest = tree ? widestLeaf : widestCell
  const most = Math.min(tree ? mostInTree : mostCells, room.rows)
  const listed = cells.slice(0, most).map(row => ({ ...row, name: cutToWidth(row.name, widest) }))
  const names = Math.max(...listed.map(({ name }) => displayWidth(name)))
  const fills = listed.map(
    ({ kept, target }) => `${spelledCount(kept).padStart(spelledCount(target).length)} of ${spelledCount(target)}`,
  )
  const numbers = Math.max(...fills.map(text => text.length))
  const barWidth = Math.max(1, Math.min(widestBar, room.columns - names - numbers - 7))
  const lines = listed.map(
    ({ name, kept, target }, at) =>
      `  ${padded(name, names)}  ${padded(bar(kept, target, barWidth), barWidth)}  ${fills[at]}`,
  )
  return cells.length > most ? [...lines, `  … and ${cells.length - most} more`] : lines
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
