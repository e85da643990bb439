/** What each role may do, in a few words. */
import type { Role } from '../../../../src/model/api/endpoint.ts'

export const roleWords: Record<Role, string> = {
  reviewer: 'decides on records and reads everything',
  editor: 'grows, imports, trains and changes projects too',
  admin: 'does everything, providers and accounts too',
}
