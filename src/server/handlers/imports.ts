/** Imports: what the endpoints of `src/model/api/imports.ts` do. */
import type { importEndpoints } from '../../model/api/imports.ts'
import type { Handlers } from '../handler.ts'

export const importHandlers: Handlers<typeof importEndpoints> = {}
