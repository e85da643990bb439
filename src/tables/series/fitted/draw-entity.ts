/** Draws one entity’s rows, stretch after stretch. */
import type { RandomStream } from '../../../stats/random-stream.ts'
import { type EntityShare, openValues, type Stretch } from './draw-values.ts'
import type { FittedSeries } from './fitted-series.ts'
import { openLatents } from './open-latents.ts'
import { openStates, type ParentCodes } from './open-states.ts'
import { knotPlaces, phaseValues, seasonPlace } from './phase.ts'
import { parentCodes, writeState } from './state-codes.ts'
import { columnTime, openClock } from './time-model.ts'

/** Where rows are written: numbers or places in a dictionary, by column’s name. */
export type Outputs = Map<string, Float64Array | Int32Array>

export interface EntityRows {
  /** Writes the next `rows` rows to `outputs` from `at` on. */
  write(rows: number, outputs: Outputs, at: number): void
}

/** After a gap the latents go on for as many rows as are missing, and no more than these. */
const mostSkipped = 200

/** `traits` are those of the entity, in the order of the model’s. */
export function openEntities(
  series: FittedSeries,
): (length: number, traits: Float64Array, random: RandomStream) => EntityRows {
  const { timeModel, phase, seasons, effectKnots } = series
  const clock = openClock(timeModel)
  const values = series.columns.map(openValues)
  const latents = series.blocks.map(openLatents)
  const states = series.states.map(openStates)
  const start = series.traits.findIndex(({ kind }) => kind === 'start')
  const scored = new Set(series.blocks.flatMap(({ columns }) => columns))
  const regimeState = series.states.findIndex(({ writes }) => writes === 'regime')
  const rests = series.columns.map((_, column) => restOf(series, column))
  const shares = (traits: Float64Array) =>
    series.columns.map(
      ({ own }, column): EntityShare => ({
        effect: effectOf(series, column, traits),
        rest: rests[column]!,
        level: own ? traits[own.level]! : 0,
        spread: own && own.spread !== null ? traits[own.spread]! || 1 : 1,
      }),
    )

  return (length, traits, random) => {
    const times = clock(length, traits[start]!, random.fork('time'))
    const phases = phaseValues(phase.kind, times)
    const life = phaseValues('life', times)
    const streams = latents.map((model, block) => model.start(random.fork('latent').fork(block)))
    const stateStreams = states.map((_, state) => random.fork('state').fork(state))
    const chains = series.states.map(({ values }) => ({ before: values.length, lasted: 0 }))
    const sums = series.columns.map(() => 0)
    const entity = shares(traits)
    let done = 0
    return {
      write(rows, outputs, at) {
        const stretchTimes = times.subarray(done, done + rows)
        const moments = stretchTimes.map(time => columnTime(timeModel, time))
        outputs.get(series.time)!.set(moments, at)
        const stateCodes: Uint16Array[] = []
        const codes: ParentCodes = parent =>
          parentCodes(parent, series, {
            rows,
            at,
            from: done,
            length,
            times: stretchTimes,
            phases: phases.subarray(done, done + rows),
            outputs,
            traits,
            states: stateCodes,
          })
        const drawState = (state: number) => {
          const out = new Uint16Array(rows)
          states[state]!(out, chains[state]!, codes, stateStreams[state]!)
          stateCodes[state] = out
        }
        if (regimeState >= 0) drawState(regimeState)
        const stretch: Stretch = {
          rows,
          from: done,
          moments,
          knot: knotPlaces(phase, phases.subarray(done, done + rows)),
          seasons: seasons.map(season => stretchTimes.map(time => seasonPlace(season, time))),
          life: life.subarray(done, done + rows).map(share => share * effectKnots.length - 0.5),
          regimes: stateCodes[regimeState] ?? null,
        }
        const scores = drawScores(rows, skippedRows(times, done, rows, timeModel.base))
        values.forEach((draw, column) => {
          const out = outputs.get(series.columns[column]!.name) as Float64Array
          sums[column] = draw(out, at, scores[column] ?? null, stretch, entity[column]!, sums[column]!)
        })
        for (let state = 0; state < states.length; state++) {
          if (state === regimeState) continue
          drawState(state)
          writeState(series.states[state]!, stateCodes[state]!, outputs, at)
        }
        done += rows
      },
    }

    /** By column, for those that vary. */
    function drawScores(rows: number, skipped: Uint16Array | null): (Float64Array | undefined)[] {
      const scores = series.columns.map((_, column) => (scored.has(column) ? new Float64Array(rows) : undefined))
      latents.forEach(({ columns }, block) => {
        const stream = streams[block]!
        const outs = columns.map(column => scores[column]!)
        for (let row = 0; row < rows; row++) {
          for (let skip = skipped?.[row] ?? 0; skip > 0; skip--) stream.next()
          const next = stream.next()
          for (let i = 0; i < outs.length; i++) outs[i]![row] = next[i]!
        }
      })
      return scores
    }
  }
}

/** The entity’s own curve of a column, by knot. */
function effectOf({ blocks, effectKnots }: FittedSeries, column: number, traits: Float64Array): Float64Array | null {
  const knots = effectKnots.length
  for (const { columns, effects } of blocks) {
    const place = columns.indexOf(column)
    if (place < 0 || effects.length === 0) continue
    return Float64Array.from({ length: knots }, (_, knot) =>
      effects.reduce((sum, { curve, trait }) => sum + curve[place * knots + knot]! * traits[trait]!, 0),
    )
  }
  return null
}

function restOf({ blocks, effectKnots }: FittedSeries, column: number): Float64Array | null {
  const knots = effectKnots.length
  const block = blocks.find(({ columns }) => columns.includes(column))
  const place = block?.columns.indexOf(column) ?? 0
  return block ? Float64Array.from(block.restSpread.slice(place * knots, (place + 1) * knots)) : null
}

/** How many rows are missing before each row; null where none is. */
function skippedRows(times: Float64Array, from: number, rows: number, base: number): Uint16Array | null {
  if (base === 0) return null
  let skipped: Uint16Array | null = null
  for (let row = Math.max(from, 1); row < from + rows; row++) {
    const step = times[row]! - times[row - 1]!
    if (step <= 1.5 * base) continue
    skipped ??= new Uint16Array(rows)
    skipped[row - from] = Math.min(mostSkipped, Math.round(step / base) - 1)
  }
  return skipped
}
