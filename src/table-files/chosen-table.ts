/** Which table of a database is meant. */
import { CultivarError } from '../model/error.ts'
import { nearestName } from '../text/nearest-name.ts'

/** The one that is named, or the only one there is. `place` must hold no password. */
export function chosenTable(place: string, wanted: string | undefined, names: string[]): string {
  const shown = names.slice(0, 20).join(', ') + (names.length > 20 ? ', …' : '')
  if (wanted === undefined) {
    const [only] = names
    if (names.length === 1 && only !== undefined) return only
    throw new CultivarError(
      names.length === 0 ? 'bad-file' : 'bad-input',
      names.length === 0 ? `There is no table in ${place}.` : `${place} has ${names.length} tables.`,
      names.length === 0 ? 'Choose a database with tables.' : `Name one behind #: ${shown}.`,
    )
  }
  const found = names.find(name => name === wanted) ?? names.find(name => name.toLowerCase() === wanted.toLowerCase())
  if (found !== undefined) return found
  const near = nearestName(wanted, names)
  throw new CultivarError(
    'not-found',
    `There is no table "${wanted}" in ${place}.`,
    near === undefined ? `Its tables are ${shown || 'none'}.` : `Did you mean "${near}"? There are ${shown}.`,
  )
}
