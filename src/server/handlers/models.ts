/** Models: what the endpoints of `src/model/api/models.ts` do. */
import type { modelEndpoints } from '../../model/api/models.ts'
import type { Handlers } from '../handler.ts'

export const modelHandlers: Handlers<typeof modelEndpoints> = {}
