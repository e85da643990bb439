/** Growing: what the endpoints of `src/model/api/grow.ts` do. */
import type { growEndpoints } from '../../model/api/grow.ts'
import type { Handlers } from '../handler.ts'

export const growHandlers: Handlers<typeof growEndpoints> = {}
