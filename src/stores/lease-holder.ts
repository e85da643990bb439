/** Who is growing a project at the moment. */
import type { Holder } from '../engine/ports.ts'
import type { Database } from './database.ts'

/** The run that holds the project’s lease and its process; undefined if the lease is free or has run out. */
export function leaseHolder(
  database: Database,
  project: string,
  nowMs: number,
): Promise<{ run: string; holder: Holder } | undefined> {
  return database.read(async connection => {
    const lease = await connection.selectFrom('lease').selectAll().where('project', '=', project).executeTakeFirst()
    if (!lease || lease.expires_ms <= nowMs) return undefined
    const holder = JSON.parse(lease.holder) as Holder | null
    return holder ? { run: lease.run, holder } : undefined
  })
}
