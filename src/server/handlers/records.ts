/** Records: what the endpoints of `src/model/api/records.ts` do. */
import type { recordEndpoints } from '../../model/api/records.ts'
import type { Handlers } from '../handler.ts'

export const recordHandlers: Handlers<typeof recordEndpoints> = {}
