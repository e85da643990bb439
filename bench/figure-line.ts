/** A figure as a line of the printed table. */
import { type Figure, meetsLimit } from './benchmark.ts'

export function figureLine(figure: Figure): string {
  const { name, value, unit, limit } = figure
  return `  ${name.padEnd(40)}${written(value).padStart(12)} ${unit.padEnd(14)}${limit ? limitText(figure) : ''}`.trimEnd()
}

function limitText(figure: Figure): string {
  const { limit } = figure
  if (!limit) return ''
  const bound = 'atMost' in limit ? `at most ${written(limit.atMost)}` : `at least ${written(limit.atLeast)}`
  return `${bound}: ${meetsLimit(figure) ? 'met' : 'MISSED'}`
}

function written(value: number): string {
  return value.toLocaleString('en-US', value < 100 ? { maximumFractionDigits: 2 } : { maximumFractionDigits: 0 })
}
