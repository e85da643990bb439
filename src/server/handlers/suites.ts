/** Suites: what the endpoints of `src/model/api/suites.ts` do. */
import type { suiteEndpoints } from '../../model/api/suites.ts'
import type { Handlers } from '../handler.ts'

export const suiteHandlers: Handlers<typeof suiteEndpoints> = {}
