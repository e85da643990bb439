/** What a balance means for whoever trains on it: leave it, weigh it, grow it, or bring more first. */
import type { Project } from '../../model/project.ts'
import { classWeight, evenBand, unluckyHeldOut } from '../../stats/class-balance.ts'
import { cutToWidth } from '../../text/display-width.ts'
import { printable } from '../preview-table.ts'
import { spelledCount, spelledCounts } from '../spelled.ts'
import type { BalanceRow } from './balance.ts'

export interface Advice {
  /** `warning`: training on this as it is will mislead. */
  kind: 'fine' | 'do' | 'warning'
  text: string
}

interface Advised {
  project: Project
  by: string
  records: number
  grown: number
  rows: BalanceRow[]
  /** Records every class would need to lie near even; 0 if all do. */
  level: number
  /** Share an evaluation split takes. */
  evaluation: number
  /** Whether values of this kind are classes that can be grown. */
  repairs: boolean
}

/** Below this share of all records there is too little to learn from, whatever the weights. */
const tooSmallShare = 0.011
/** An evaluation with fewer examples of a class says little of it: its accuracy is off by ± 13 points and more. */
const leastEvaluated = 50
const mostNamed = 8

export function adviceOn(advised: Advised): Advice[] {
  const { rows, records, repairs } = advised
  if (records === 0) return [{ kind: 'do', text: `No record yet: cultivar records import FILE` }]
  if (!repairs || rows.length < 2) return half(advised)
  return [...spread(advised), ...tooFew(advised), ...evaluated(advised), ...withoutReal(advised), ...half(advised)]
}

function spread({ rows, level, by }: Advised): Advice[] {
  const total = rows.reduce((sum, row) => sum + row.records, 0)
  const even = spelledCount(total / rows.length)
  const band = `±${100 * (1 - evenBand.least)} % of even (${even} each)`
  if (level === 0) {
    const weights = rows.map(
      ({ value, records }) => `${nameOf(value)} ${classWeight(records, total, rows.length).toFixed(2)}`,
    )
    const text = `All are within ${band}: nothing needs to be grown. Class weights even out the rest: ${named(weights)}.`
    return [{ kind: 'fine', text }]
  }
  const low = rows.filter(row => row.timesEven < evenBand.least)
  const high = rows.filter(row => row.timesEven > evenBand.most)
  const outside = [...low.toReversed(), ...high].map(
    ({ value, records, timesEven }) => `${nameOf(value)} ${spelledCount(records)} (${percent(timesEven)} of even)`,
  )
  const short = rows.filter(row => row.records < level)
  const ordered = short.map(({ value, records }) => `${nameOf(value)} by ${spelledCount(level - records)}`)
  const what = by === 'entity' ? 'records with the type' : 'records'
  return [
    { kind: 'warning', text: `Outside ${band}: ${named(outside)}. Class weights alone seldom make up for that.` },
    { kind: 'do', text: `Grow to ${spelledCount(level)} ${what} (even rises as they grow): ${named(ordered)}.` },
  ]
}

function tooFew({ rows }: Advised): Advice[] {
  const rare = rows.filter(row => row.records > 0 && row.share <= tooSmallShare && row.timesEven < evenBand.least)
  if (rare.length === 0) return []
  const list = rare.map(
    ({ value, records, share }) => `${nameOf(value)} (${spelledCount(records)}, ${percent(share, 1)})`,
  )
  const text = `Too few to learn from, about 1 in 100 or less: ${named(list)}. Good scores would be over-fitting; bring more real ones before you trust what is grown from them.`
  return [{ kind: 'warning', text }]
}

function evaluated({ rows, evaluation }: Advised): Advice[] {
  const isSplit = rows.some(({ splits }) => splits.test + splits.validation > 0)
  const held = (row: BalanceRow) =>
    isSplit ? row.splits.test + row.splits.validation : Math.round(row.real * evaluation)
  const scarce = rows.filter(row => row.real > 0 && held(row) < leastEvaluated).toReversed()
  if (scarce.length === 0) return []
  const list = scarce.map(row => {
    if (isSplit) return `${nameOf(row.value)} ${held(row)}`
    return `${nameOf(row.value)} about ${held(row)}, by bad luck (1 in 20) ${unluckyHeldOut(row.real, evaluation)} or fewer`
  })
  const share = Math.round(100 * evaluation)
  const split = isSplit ? 'Evaluation and test hold' : `Of the real records, a ${100 - share}/${share} split would hold`
  const text = `${split} few: ${named(list)}. Below ${leastEvaluated} a score says little; stratify the split, or bring more.`
  return [{ kind: 'warning', text }]
}

function withoutReal({ rows }: Advised): Advice[] {
  const imagined = rows.filter(row => row.real === 0).map(({ value }) => nameOf(value))
  if (imagined.length === 0) return []
  const text = `Without a single real record: ${named(imagined)}. What is grown for them is what a model imagines; bring a few real ones first.`
  return [{ kind: 'warning', text }]
}

function half({ rows, records, grown, level, repairs }: Advised): Advice[] {
  const advice: Advice[] = []
  if (grown * 2 > records) {
    const text = `${percent(grown / records)} of the set is generated (${spelledCounts(grown, 'record')} of ${spelledCount(records)}): more than half. Train on it only beside real data, and evaluate on real data alone.`
    advice.push({ kind: 'warning', text })
  }
  const after = repairs ? rows.filter(row => row.real > 0 && Math.max(row.records, level) > 2 * row.real) : []
  if (after.length > 0) {
    const list = after.map(({ value, real, records }) => {
      const most = Math.max(records, level)
      return `${nameOf(value)} ${percent((most - real) / most)} (within half: ${spelledCount(2 * real)} in all)`
    })
    const state = level > 0 ? 'Once grown to that, more than half would be generated' : 'More than half is generated'
    const text = `${state} of ${named(list)}. A lower target, class weights and fewer of the largest are the other ways.`
    advice.push({ kind: 'warning', text })
  }
  return advice
}

function named(list: string[]): string {
  const rest = list.length - mostNamed
  return rest > 0 ? `${list.slice(0, mostNamed).join(', ')} and ${rest} more` : list.join(', ')
}

function nameOf(value: string): string {
  return `“${cutToWidth(printable(value), 40)}”`
}

function percent(share: number, digits = 0): string {
  return `${(100 * share).toFixed(digits)} %`
}
