/** What is said before anything is made: how many records are expected, which templates were mined, where values come from. */
import type { Project } from '../../model/project.ts'
import type { SlotValues } from './fill-template.ts'
import type { Templates } from './plan-templatic.ts'
import type { Stock } from './read-stock.ts'
import { slotNameOf } from './slot-names.ts'
import type { TemplaticParams } from './templatic-params.ts'

/** Templates that notes list. */
const mostListed = 20

interface Noted {
  params: TemplaticParams
  project: Project
  stock: Stock
  given: Templates
  mined: Templates
  slots: Record<string, SlotValues>
  /** What is left of their values for the run. */
  frozen: Record<string, SlotValues>
  /** Results that each template can give, in the order of the cells. */
  possible: number[]
}

export function templaticNotes(noted: Noted): string[] {
  return [...totalNotes(noted), ...minedNotes(noted), ...valueNotes(noted), ...unlabelledNotes(noted)]
}

function totalNotes({ params: { results, extra }, given, mined, possible }: Noted): string[] {
  const cells = [...Object.keys(given), ...Object.keys(mined)]
  const each = 1 + extra
  const expected = cells.length * each * results
  const total = possible.reduce((sum, count) => sum + count, 0) * each
  const factors = [
    counted(cells.length, 'template'),
    ...(extra > 0 ? [`(1 + ${extra} extra)`] : []),
    counted(results, 'result'),
  ]
  const short = cells.flatMap((cell, at) =>
    possible[at]! < results
      ? [
          `${cell}: ${results * each} expected, ${possible[at]! * each} possible: its values give no other text that is new.`,
        ]
      : [],
  )
  return [
    `${counted(expected, 'record')} expected: ${factors.join(' × ')}.${total < expected ? ` ${counted(total, 'record')} possible.` : ''}`,
    ...short.slice(0, mostListed),
    ...beyond(short),
  ]
}

function minedNotes({ params: { mine }, mined, stock }: Noted): string[] {
  if (mine === 0) return []
  const found = Object.entries(mined).map(([cell, { text }]) => `${cell}: ${JSON.stringify(text)}`)
  const by = stock.marked ? 'entities' : 'numbers, dates, amounts and quotations'
  const wanted = found.length < mine ? `; ${mine} were asked for` : ''
  return [
    `${counted(found.length, 'template')} made of training records, by the ${by} in them${wanted}.`,
    ...found.slice(0, mostListed),
    ...beyond(found),
  ]
}

function valueNotes({ params, project, stock, slots, frozen }: Noted): string[] {
  const counts = Object.entries(slots).map(([slot, { texts, records }]) => {
    const given = records.filter(record => record === null).length
    const sources = [`${given} given`, `${texts.length - given} of the project`].filter(
      source => !source.startsWith('0 '),
    )
    const left = frozen[slot]!.texts.length
    return `${slot} ${sources.join(' and ')}${left < texts.length ? `, ${left} of them drawn from` : ''}`
  })
  const unseen = Object.keys(slots).filter(slot => slots[slot]!.label !== null && !stock.values.has(slot))
  const unused = Object.keys(params.values).filter(type => !Object.hasOwn(slots, slotNameOf(type)))
  return [
    `Values: ${counts.join('; ')}.`,
    ...(unseen.length > 0 && project.labels.length === 0
      ? [
          `Entity types that no training record has yet (name them in \`plain\` if they are none): ${unseen.join(', ')}.`,
        ]
      : []),
    ...(unused.length > 0 ? [`Used by no template: ${unused.join(', ')}.`] : []),
  ]
}

function unlabelledNotes({ project, given }: Noted): string[] {
  const cells = Object.keys(given).filter(cell => given[cell]!.labels.length === 0)
  return project.kind === 'classification' && cells.length > 0
    ? [`Without a label, as their records will be: ${[...cells.slice(0, mostListed), ...beyond(cells)].join(', ')}.`]
    : []
}

function beyond(lines: readonly string[]): string[] {
  return lines.length > mostListed ? [`… and ${lines.length - mostListed} more`] : []
}

function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`
}
