/** Parameters as people write them: `name=value`, read as the type that the simulation asks for. */
import { parse } from 'yaml'
import { CultivarError } from '../../model/error.ts'
import type { Simulation } from '../../simulations/simulation.ts'
import { nearestName } from '../../text/nearest-name.ts'
import { readTextFile } from '../read-text-file.ts'

/** @throws CultivarError `bad-input` for what is not spelled so, or is a parameter that there is not. */
export function spelledParameters(simulation: Simulation, spelled: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(
    spelled.map(text => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? []
      if (name === undefined || value === undefined)
        throw new CultivarError('bad-input', `The parameter “${text}” cannot be read.`, 'Write NAME=VALUE: size=100')
      return [name, parameterValue(simulation, name, value)]
    }),
  )
}

/**
 * A word, where the parameter takes it as it is; else the number or the switch that it spells.
 *
 * @throws CultivarError `bad-input` for a parameter that there is not; whether a value is in its range is checked with all others.
 */
export function parameterValue(simulation: Simulation, name: string, text: string): unknown {
  const { shape } = simulation.parameters
  const schema = Object.hasOwn(shape, name) ? shape[name] : undefined
  if (schema === undefined) {
    const names = Object.keys(shape)
    const near = nearestName(name, names)
    throw new CultivarError(
      'bad-input',
      `“${simulation.name}” has no parameter “${name}”.`,
      near === undefined ? `It has ${names.join(', ') || 'none'}.` : `Did you mean “${near}”?`,
      { parameter: name },
    )
  }
  const takes = (value: unknown) =>
    (schema as { safeParse(value: unknown): { success: boolean } }).safeParse(value).success
  if (takes(text)) return text
  const number = text.trim() === '' ? Number.NaN : Number(text)
  const choices = [number, switches[text.toLowerCase()]].filter(value => value !== undefined && !Number.isNaN(value))
  return choices.find(takes) ?? choices[0] ?? text
}

const switches: Record<string, boolean> = { true: true, yes: true, on: true, false: false, no: false, off: false }

/** @throws CultivarError `not-found`, `bad-file`; `bad-input` where it holds anything but one object. */
export async function readParametersFile(path: string): Promise<Record<string, unknown>> {
  const text = await readTextFile(path)
  let value: unknown
  try {
    value = parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new CultivarError('bad-file', `${path} cannot be understood: ${why}`, 'It may be YAML or JSON.', { path })
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw new CultivarError('bad-input', `${path} holds no parameters.`, 'Write one a line: “size: 100”.', { path })
}
