/** A fault in one line, as commands take it: `drift:temperature:count=3,length=50,size=2..5`. */
import { z } from 'zod'
import { CultivarError } from '../../../model/error.ts'
import { nearestName } from '../../../text/nearest-name.ts'
import { type FaultChoice, faultChoiceSchema, faultKinds } from './fault-choice.ts'

/** What follows the column: `name=value,name=value`. A column's own name may hold colons. */
const settings = /:((?:\w+=[^,:=]+)(?:,\w+=[^,:=]+)*)$/

/** @throws CultivarError `bad-input` with what is wrong and what to write. */
export function parseFault(text: string): FaultChoice {
  const [, kind = '', rest = ''] = /^([^:]*):(.+)$/s.exec(text) ?? []
  if (rest === '')
    throw unreadable(
      text,
      'Write KIND:COLUMN, such as drift:temperature or drift:temperature:count=3,length=50,size=4.',
    )
  if (!faultKinds.includes(kind)) {
    const near = nearestName(kind, faultKinds)
    const known = `Kinds: ${faultKinds.join(', ')}.`
    throw unreadable(text, near === undefined ? known : `Did you mean “${near}”? ${known}`)
  }
  const given = settings.exec(rest)?.[1]
  const column = given === undefined ? rest : rest.slice(0, -given.length - 1)
  const parsed = faultChoiceSchema.safeParse({
    kind,
    column,
    ...(given !== undefined && Object.fromEntries(given.split(',').map(setting))),
  })
  if (parsed.success) return parsed.data
  throw unreadable(text, z.prettifyError(parsed.error))
}

function setting(text: string): [name: string, value: unknown] {
  const [name = '', value = ''] = text.split('=')
  const [, least, most] = /^([^.]*(?:\.\d+)?)\.\.(.+)$/.exec(value) ?? []
  return [name, least !== undefined && most !== undefined ? [numberOr(least), numberOr(most)] : numberOr(value)]
}

function numberOr(text: string): number | string {
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
}

function unreadable(text: string, hint: string): CultivarError {
  return new CultivarError('bad-input', `The fault “${text}” cannot be read.`, hint, { fault: text })
}
