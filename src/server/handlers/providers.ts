/** Providers: what the endpoints of `src/model/api/providers.ts` do. */
import type { providerEndpoints } from '../../model/api/providers.ts'
import type { Handlers } from '../handler.ts'

export const providerHandlers: Handlers<typeof providerEndpoints> = {}
