/** Settings that a user gave, checked against their schema. */
import { z } from 'zod'
import { CultivarError } from '../model/error.ts'

/** Throws CultivarError `bad-input` that names each member at fault; `what` begins its sentence. Values are not repeated: one may be a secret. */
export function checkInput<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new CultivarError('bad-input', `${what} cannot be used as given.`, z.prettifyError(parsed.error))
}
