/** What was found in series, in words for people. */
import type { FittedSeries } from './fitted-series.ts'

const phaseWords = {
  none: 'No trend was found.',
  time: 'Means follow a trend over time.',
  age: 'Means follow a trend over the time since an entity’s start.',
  life: 'Means follow a trend over the share of an entity’s life.',
  remaining: 'Means follow a trend over the time that an entity has left.',
}

export function seriesNotes(series: FittedSeries, settings: string[], found: string[], leftOut: number): string[] {
  const notes = [
    `${count(series.entities, 'entity', 'entities')} of ${count(series.rows, 'row', 'rows')} in all; new entities are drawn, none is copied, and their names stand for no real one.`,
    phaseWords[series.phase.kind],
    ...series.seasons.map(({ name, bins }) => `A season was found: ${name} (${bins} phases).`),
    stepNote(series),
  ]
  if (series.regimes > 1) notes.push(`${series.regimes} operating regimes, told by ${settings.join(', ')}.`)
  const effects = series.blocks.reduce((sum, block) => sum + block.effects.length, 0)
  if (effects > 0) notes.push(`Entities differ by ${count(effects, 'curve', 'curves')} of their own along their lives.`)
  for (const { columns, coefficients } of series.blocks) {
    notes.push(
      `${count(columns.length, 'column moves', 'columns move')} together, with a memory of ${count(coefficients.length, 'row', 'rows')}.`,
    )
  }
  if (series.blocks.length > 1)
    notes.push('Columns of different groups are drawn apart: there are too many to measure all pairs.')
  if (series.constants.length > 0) notes.push(`Constant: ${series.constants.map(({ name }) => name).join(', ')}.`)
  const sums = series.columns.filter(({ from }) => from === 'before').map(({ name }) => name)
  if (sums.length > 0) notes.push(`Never falling, so drawn as what each row adds: ${sums.join(', ')}.`)
  if (series.entities === 1) {
    notes.push(
      'There is one entity: its slow course is the trend, and is kept. More rows than it had go on at the level of its end.',
    )
  } else if (series.entities < 20) {
    notes.push('There are few entities: what differs between them is known roughly.')
  }
  if (leftOut > 0) notes.push(`${count(leftOut, 'row', 'rows')} without a time or entity were left out.`)
  return [...notes, ...found]
}

function stepNote({ timeModel }: FittedSeries): string {
  const { steps, base, bySeason } = timeModel
  if (steps.value[0] === steps.value.at(-1)) return 'Time goes in equal steps.'
  const when = bySeason ? `, by the place in the ${bySeason.season.name}` : ''
  return base > 0 ? `Time goes in steps with gaps or jitter${when}.` : `Time goes in irregular steps${when}.`
}

function count(number: number, one: string, many: string): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`
}
