/** Documents: what the endpoints of `src/model/api/documents.ts` do. */
import type { documentEndpoints } from '../../model/api/documents.ts'
import type { Handlers } from '../handler.ts'

export const documentHandlers: Handlers<typeof documentEndpoints> = {}
