/** What people write of a calibration: the parameters to be fitted, and the statistics to be reached. */
import { z } from 'zod'
import { CultivarError } from '../../model/error.ts'
import type { FitRange } from '../../simulations/calibrate/fit-space.ts'
import type { CalibrationTarget, Statistic, StatisticKind } from '../../simulations/calibrate/target.ts'
import type { Simulation } from '../../simulations/simulation.ts'
import { parameterValue } from './given-parameters.ts'

/**
 * `NAME=LOW..HIGH`; `NAME=A,B` for words and switches; `NAME` alone for all that the simulation takes.
 *
 * @throws CultivarError `bad-input` for what is not spelled so, or is a parameter that there is not.
 */
export function spelledFit(simulation: Simulation, spelled: readonly string[]): Record<string, FitRange> {
  return Object.fromEntries(
    spelled.map(text => {
      const [, name = '', range] = /^([^=]+)(?:=(.*))?$/s.exec(text) ?? []
      const ends = range?.split('..').map(end => parameterValue(simulation, name, end))
      if (ends?.length === 2 && ends.every(end => typeof end === 'number'))
        return [name, [ends[0], ends[1]] as [number, number]]
      const choices = range?.split(',').map(choice => parameterValue(simulation, name, choice.trim()))
      if (choices?.every(choice => typeof choice === 'string' || typeof choice === 'boolean'))
        return [name, { choices }]
      if (range === undefined) return [name, wholeRange(simulation, name)]
      throw new CultivarError(
        'bad-input',
        `What is to be fitted, “${text}”, cannot be read.`,
        'Write NAME=LOW..HIGH for a number and NAME=A,B for words: --fit size=10..50 --fit mode=fast,slow',
      )
    }),
  )
}

/** All that the parameter may be. */
function wholeRange(simulation: Simulation, name: string): FitRange {
  const schema = z.toJSONSchema(simulation.parameters, { io: 'input' }).properties?.[name]
  // Says that there is no such parameter, where there is none.
  if (typeof schema !== 'object') parameterValue(simulation, name, '')
  const { type, enum: words, minimum, maximum } = typeof schema === 'object' ? schema : {}
  if (type === 'boolean') return { choices: [false, true] }
  if (words) return { choices: words.map(String) }
  if (minimum !== undefined && maximum !== undefined) return [minimum, maximum]
  throw new CultivarError(
    'bad-input',
    `“${name}” has no range of its own.`,
    `Say within which range it is to be fitted: --fit ${name}=LOW..HIGH`,
  )
}

const statisticKinds: readonly StatisticKind[] = ['mean', 'sd', 'min', 'max', 'last', 'sum', 'count']
const number = String.raw`([-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?)`
const pattern = new RegExp(
  String.raw`^(.+)\.([^.:]+):([a-z]+)(\d*\.?\d*)\s*=\s*${number}(?:\s*[~±]\s*${number})?(?:\s*[*×]\s*${number})?$`,
  's',
)

/**
 * `TABLE.COLUMN:STATISTIC=VALUE`, with `~TOLERANCE` and `*WEIGHT` where they are not as usual. Statistics are mean, sd, min, max, last, sum
 * and count, a quantile such as `q90`, or the value at a step: `at100`.
 *
 * @throws CultivarError `bad-input`
 */
export function spelledTarget(text: string): CalibrationTarget {
  const [, table, column, word = '', digits = '', value, tolerance, weight] = pattern.exec(text.trim()) ?? []
  const statistic = statisticOf(word, digits)
  if (table !== undefined && column !== undefined && statistic !== undefined) {
    return {
      table,
      column,
      statistic,
      value: Number(value),
      ...(tolerance !== undefined && { tolerance: Number(tolerance) }),
      ...(weight !== undefined && { weight: Number(weight) }),
    }
  }
  throw new CultivarError(
    'bad-input',
    `The target “${text}” cannot be read.`,
    `Write TABLE.COLUMN:STATISTIC=VALUE~TOLERANCE, where the statistic is ${statisticKinds.join(', ')}, a quantile (q90) or the value at a step (at100): --target "counts.sheep:mean=120~10"`,
  )
}

function statisticOf(word: string, digits: string): Statistic | undefined {
  if (digits !== '') {
    if (word === 'q') return { quantile: Number(digits) / 100 }
    return word === 'at' ? { step: Number(digits) } : undefined
  }
  return statisticKinds.find(kind => kind === word)
}
