/** Counts, money, times and states of runs, as people read them. */
import type { RunView } from '../../../src/model/api/run-shapes.ts'

export function shownCount(count: number): string {
  return Math.round(count).toLocaleString('en')
}

/** `1 call`, `1,200 calls` */
export function shownCounts(count: number, noun: string, plural = `${noun}s`): string {
  return `${shownCount(count)} ${count === 1 ? noun : plural}`
}

/** Never rounded down to nothing. */
export function shownDollars(nanoUsd: number): string {
  const dollars = nanoUsd / 1e9
  if (dollars === 0) return '$0'
  if (dollars < 0.0001) return '< $0.0001'
  const digits = dollars < 1 ? 4 : 2
  return `$${dollars.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`
}

/** `12 s`, `3 min 5 s`, `2 h 10 min` */
export function shownDuration(ms: number): string {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

export function shownTime(ms: number): string {
  return new Date(ms).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' })
}

/** Per second, or per minute where that is slow. */
export function shownRate(perSecond: number): string {
  if (perSecond === 0) return '0/s'
  return perSecond >= 1 ? `${perSecond.toFixed(1)}/s` : `${(60 * perSecond).toFixed(1)}/min`
}

interface ShownState {
  word: string
  colour: string
}

const ends: Record<Exclude<RunView['state'], 'running'>, ShownState> = {
  done: { word: 'Done', colour: 'green' },
  short: { word: 'Fell short', colour: 'orange' },
  budget: { word: 'Budget reached', colour: 'orange' },
  'provider-failed': { word: 'Provider failed', colour: 'red' },
  cancelled: { word: 'Paused', colour: 'gray' },
  failed: { word: 'Failed', colour: 'red' },
}

/** How a run stands, in a word. */
export function shownState({
  state,
  holder,
  stopping,
}: Pick<RunView, 'state' | 'holder'> & Partial<Pick<RunView, 'stopping'>>): ShownState {
  if (state !== 'running') return ends[state]
  if (!holder) return { word: 'Interrupted', colour: 'orange' }
  if (stopping) return { word: stopping === 'pausing' ? 'Pausing' : 'Stopping', colour: 'yellow' }
  return { word: 'Growing', colour: 'leaf' }
}

export interface RunTotals {
  target: number
  kept: number
  asked: number
  candidates: number
  surplus: number
  /** By critic, in the order candidates come before them. */
  rejected: [critic: string, count: number][]
  /** Units by code, most first. */
  failed: [code: string, count: number][]
}

export function totalsOf({ targets, tallies, critics }: Pick<RunView, 'targets' | 'tallies' | 'critics'>): RunTotals {
  const totals = { kept: 0, asked: 0, candidates: 0, surplus: 0 }
  const rejected = new Map<string, number>()
  const failed = new Map<string, number>()
  const add = (counts: Map<string, number>, more: Record<string, number>) => {
    for (const [name, count] of Object.entries(more)) counts.set(name, (counts.get(name) ?? 0) + count)
  }
  for (const tally of Object.values(tallies)) {
    totals.kept += tally.kept
    totals.asked += tally.asked
    totals.candidates += tally.candidates
    totals.surplus += tally.surplus
    add(rejected, tally.rejected)
    add(failed, tally.failed)
  }
  return {
    ...totals,
    target: Object.values(targets).reduce((sum, count) => sum + count, 0),
    rejected: [...rejected].sort(([a], [b]) => critics.indexOf(a) - critics.indexOf(b) || (a < b ? -1 : 1)),
    failed: [...failed].sort((a, b) => b[1] - a[1]),
  }
}

/** What to do about units that failed, by code. */
export const failureAdvice: Record<string, { what: string; advice: string }> = {
  'gave-up': {
    what: 'No answer after several tries',
    advice: 'Check the provider on its page; fewer calls at once may help. Resuming tries other units.',
  },
  'invalid-reply': {
    what: 'Replies could not be read',
    advice: 'The model does not keep to the form asked for. A larger model, or another JSON mode of the provider, may.',
  },
  'request-refused': {
    what: 'The provider refused the request',
    advice: 'Check the name of the model and the settings of the provider.',
  },
  'plug-in-error': { what: 'A plug-in failed', advice: 'The message says where; its author can mend it.' },
}
