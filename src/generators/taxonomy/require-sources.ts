/** Files and repositories, which the engine hands to generators that read more than records. */
import type { Sources } from '../../engine/define.ts'
import { CultivarError } from '../../model/error.ts'

/** Throws CultivarError `bad-input` where there are none. */
export function requireSources(sources: Sources | undefined): Sources {
  if (sources) return sources
  throw new CultivarError(
    'bad-input',
    'A taxonomy is read from a folder, and this run was given none to read from.',
    'Run it in a workspace.',
  )
}
