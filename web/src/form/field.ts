/** What members and controls of a form are given, and what they share. */
import type { ComponentType } from 'react'
import type { Json, Schema } from './json-schema.ts'

export interface FormProblem {
  /** Members and places from the form’s root, joined by dots: `slots.2.value`. */
  path: string
  message: string
}

/** What a member of a form is given. */
export interface MemberProps {
  /** Perhaps a reference. */
  schema: Schema
  /** Holds `$defs`. */
  root: Schema
  /** Accessible name. */
  label: string
  /** Whether the label is shown; in a list whose items have no names of their own it is not. */
  showsLabel: boolean
  value: Json | undefined
  /** Undefined takes the member away, so that its default holds. */
  onChange: (value: Json | undefined) => void
  path: string
  /** All of the form. */
  problems: readonly FormProblem[]
  required: boolean
}

/** What a control is given: a member whose schema is resolved, and what shows the members in it. */
export interface FieldProps extends MemberProps {
  Field: ComponentType<MemberProps>
}

/** Problems of a member as one text; `within` counts those of what lies in it, for controls that show no parts. */
export function problemText(
  { path, problems }: Pick<FieldProps, 'path' | 'problems'>,
  within = true,
): string | undefined {
  const own = problems.filter(problem => problem.path === path || (within && problem.path.startsWith(`${path}.`)))
  return own.length === 0 ? undefined : own.map(({ message }) => message).join('; ')
}

export function below(path: string, step: string | number): string {
  return path === '' ? String(step) : `${path}.${step}`
}

/** `matchStyle` as people read it: Match style. */
export function nameInWords(name: string): string {
  if (name === 'usd') return 'USD'
  const words = name
    .replaceAll('_', ' ')
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What every Mantine input is given of a field. */
export function inputProps(props: FieldProps, describe: (text: string) => React.ReactNode) {
  const { label, showsLabel, schema, required } = props
  const error = problemText(props)
  return {
    ...(showsLabel ? { label, withAsterisk: required } : { 'aria-label': label }),
    ...(showsLabel && schema.description !== undefined && { description: describe(schema.description) }),
    ...(error !== undefined && { error }),
  }
}

/** The default as a hint of what holds where nothing is said. */
export function placeholderOf({ schema }: FieldProps): string | undefined {
  const { default: usual } = schema
  if (usual === undefined || usual === '' || usual === null || typeof usual === 'object') return undefined
  return String(usual)
}
