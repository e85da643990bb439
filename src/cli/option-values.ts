/** How the values of options are read from the command line. */
import { InvalidArgumentError } from 'commander'
import type { Project } from '../model/project.ts'
import type { Provider } from '../model/provider.ts'
import type { JsonMode } from '../model/request.ts'

/** Written out, so that showing help need not load the schemas. */
export const projectKinds = Object.keys({
  classification: true,
  entities: true,
  records: true,
  text: true,
} satisfies Record<Project['kind'], true>)
export const egressLevels = Object.keys({ none: true, redacted: true, allowed: true } satisfies Record<
  Project['egress'],
  true
>)
export const providerKinds = Object.keys({
  openai: true,
  azure: true,
  anthropic: true,
  google: true,
  'openai-compatible': true,
  local: true,
} satisfies Record<Provider['kind'], true>)
export const jsonModes = Object.keys({ schema: true, object: true, prompt: true } satisfies Record<JsonMode, true>)
export const splits = ['train', 'validation', 'test']
export const statuses = ['pending', 'accepted', 'rejected']
/** How records of a dataset came into it. */
export const outcomes = ['imported', 'kept', 'restored']

/** For options that may be given several times. */
export function collect(value: string, before: string[] | undefined): string[] {
  return [...(before ?? []), value]
}

/** `a,b`, and given several times too. */
export function commaList(value: string, before: string[] | undefined): string[] {
  const items = value.split(',').map(item => item.trim())
  return [...(before ?? []), ...items.filter(item => item !== '')]
}

export function wholeNumber(value: string): number {
  if (/^\d+$/.test(value) && Number.isSafeInteger(Number(value))) return Number(value)
  throw new InvalidArgumentError('Expected a whole number, 0 or more.')
}

export function positiveNumber(value: string): number {
  if (/^\d+$/.test(value) && Number(value) > 0 && Number.isSafeInteger(Number(value))) return Number(value)
  throw new InvalidArgumentError('Expected a whole number above 0.')
}

export function amount(value: string): number {
  if (/^(\d+\.?\d*|\.\d+)$/.test(value)) return Number(value)
  throw new InvalidArgumentError('Expected a number, 0 or more.')
}

export function share(value: string): number {
  const number = Number(value)
  if (value.trim() !== '' && number > 0 && number < 1) return number
  throw new InvalidArgumentError('Expected a number between 0 and 1, such as 0.2.')
}
