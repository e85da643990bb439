/** A fault that a user chose: its kind, its column, where, how often and how strong. */
import { z } from 'zod'
import type { AnyFault } from './fault.ts'
import * as builtIns from './index.ts'

type Schema = (typeof builtIns)[keyof typeof builtIns]['schema']

/** In alphabetical order. */
export const faultKinds: readonly string[] = Object.values(builtIns)
  .map(({ kind }) => kind)
  .sort()
const byKind = new Map<string, AnyFault>(Object.values(builtIns).map(fault => [fault.kind, fault]))

export const faultChoiceSchema = z
  .discriminatedUnion('kind', Object.values(builtIns).map(({ schema }) => schema) as [Schema, ...Schema[]], {
    error: ({ code }) =>
      code === 'invalid_union' ? `the kind of a fault is one of ${faultKinds.join(', ')}` : undefined,
  })
  .superRefine((choice, context) => {
    const ways = (['count', 'each', 'rate'] as const).filter(name => choice[name] !== undefined)
    if (ways.length > 1)
      context.addIssue({ code: 'custom', path: [ways[1]!], message: `give one of ${ways.join(' and ')}` })
    for (const name of ['length', 'size'] as const) {
      const span = (choice as Partial<Record<typeof name, Span>>)[name]
      if (Array.isArray(span) && span[0] > span[1])
        context.addIssue({ code: 'custom', path: [name], message: 'the least comes first, then the most' })
    }
  })

/** As a user writes it. */
export type FaultChoiceInput = z.input<typeof faultChoiceSchema>
/** With its defaults. */
export type FaultChoice = z.infer<typeof faultChoiceSchema>
/** A number, or the least and the most. */
export type Span = number | [number, number]

/** The kind of a checked choice. */
export function faultOf(choice: FaultChoice): AnyFault {
  return byKind.get(choice.kind)!
}
