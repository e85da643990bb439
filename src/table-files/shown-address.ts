/** An address as it may be shown and kept: a database's has no password. */
import { shownUrl } from './open-postgres.ts'

export function shownAddress(address: string): string {
  return /^postgres(ql)?:/.test(address) ? shownUrl(address) : address
}
