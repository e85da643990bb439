/** What mode `wrong` of `few-shot` tells people before a run: suspected label errors first, then what is grown from, and what is not. */

import { quoted } from '../prompt-slots.ts'
import type { Mistake, Mistakes } from './few-shot-mistakes.ts'
import { labelOf, noted } from './few-shot-mode.ts'

/** Suspected errors that notes show one by one. */
const mostSuspected = 50

export function suspicionNotes(found: Mistakes): string[] {
  const { suspected } = found
  if (suspected.length === 0) return []
  const rest = suspected.length - mostSuspected
  return [
    `Suspected label errors: ${suspected.length}, left out until confirmed. Their neighbours side with what the model said:`,
    ...suspected.slice(0, mostSuspected).map(each => `  ${suspicion(each, found)}`),
    ...(rest > 0 ? [`  … and ${rest} less suspect ones, once these are decided`] : []),
    `  ${waysOut(suspected[0]!, found)}`,
  ]
}

export function suspicion({ place, predicted, vote }: Mistake, { corpus }: Mistakes): string {
  const seed = corpus.seeds[place]!
  return `${seed.id}: ${quoted(seed.text)}${labelOf(seed)}, neighbours say ${JSON.stringify(predicted)} (${vote.toFixed(2)})`
}

export function waysOut({ place, predicted }: Mistake, { corpus }: Mistakes): string {
  const { id } = corpus.seeds[place]!
  return `Label right? \`cultivar records accept ${id}\`, or \`confirmed: [${id}]\` in the recipe. Wrong? \`cultivar records relabel ${id} ${JSON.stringify(predicted)}\`.`
}

export function tallyNotes(found: Mistakes, path: string): string[] {
  const { rows, empty, unmatched, relabelled, tooMany } = found.counts
  return [
    `${path}: ${count(rows, 'row')}${empty > 0 ? `, ${empty} without a prediction` : ''}${unmatched > 0 ? `, ${unmatched} about no record of the project` : ''}`,
    `Wrong: ${tallyOf(found)}`,
    ...(relabelled > 0
      ? [`The file gives ${relabelled} of them another right label than the record has; the record counts.`]
      : []),
    ...(tooMany > 0 ? [`Left for another run: ${tooMany}`] : []),
  ]
}

/** How many are wrong, and why some are left out. */
export function tallyOf({ counts, suspected }: Mistakes): string {
  const reasons = [
    [counts.heldOut, 'held out (a validation or test text is never grown from)'],
    [counts.grown, 'grown and not accepted'],
    [counts.unlabelled, 'without a label'],
    [suspected.length, 'suspected label errors'],
  ] as const
  const left = reasons.filter(([many]) => many > 0).map(([many, why]) => `${many} ${why}`)
  return `${count(counts.wrong, 'record')}${left.length > 0 ? `; left out: ${left.join(', ')}` : ''}`
}

function count(many: number, noun: string): string {
  return `${many.toLocaleString('en')} ${noun}${many === 1 ? '' : 's'}`
}

/** Labels of which notes show the first mistakes, and how many of each. */
const [mostShown, shownEach] = [3, 3]

export function labelNotes(found: Mistakes, byLabel: Map<string, Mistake[]>): string[] {
  return [...byLabel].flatMap(([label, mistakes], at) => notesOfLabel(label, mistakes, found, at < mostShown))
}

function notesOfLabel(label: string, mistakes: Mistake[], { corpus }: Mistakes, inFull: boolean): string[] {
  const taken = new Map<string, number>()
  for (const { predicted } of mistakes) taken.set(predicted, (taken.get(predicted) ?? 0) + 1)
  const most = [...taken].toSorted(([, a], [, b]) => b - a).slice(0, shownEach)
  return [
    `${label}: grows from ${count(mistakes.length, 'mistake')}, taken for ${most.map(([name, times]) => `${name} (${times})`).join(', ')}${taken.size > most.length ? ', …' : ''}`,
    ...(inFull ? mistakes.slice(0, shownEach) : []).map(
      ({ place, predicted }) => `  ${noted(corpus.seeds[place]!)} was taken for ${predicted}`,
    ),
  ]
}
