/** Runs: what the endpoints of `src/model/api/runs.ts` do. */
import type { runEndpoints } from '../../model/api/runs.ts'
import type { Handlers } from '../handler.ts'

export const runHandlers: Handlers<typeof runEndpoints> = {}
