/** Providers in the tables: settings in clear, secrets as they were sealed, and the projects that may use them. */
import { CultivarError } from '../model/error.ts'
import type { Provider } from '../model/provider.ts'
import type { Database } from './database.ts'

export interface StoredProvider {
  provider: Provider
  /** As the caller sealed it; null if it has none. */
  secret: string | null
  /** Projects that may use it, by name. */
  projects: string[]
  createdMs: number
}

export interface ProviderQueries {
  /** Throws `already-exists`. */
  addProvider(provider: Provider, secret: string | null, nowMs: number): Promise<void>
  /** Replaces settings and secret of the provider of that name; assignments stay. False if there is none. */
  updateProvider(provider: Provider, secret: string | null): Promise<boolean>
  findProvider(name: string): Promise<StoredProvider | undefined>
  listProviders(): Promise<StoredProvider[]>
  /** Lets the project use the provider; both must exist. Doing it twice changes nothing. */
  assign(provider: string, project: string): Promise<void>
  unassign(provider: string, project: string): Promise<void>
  /** Removes it with its secret and assignments; false if there is none. */
  removeProvider(name: string): Promise<boolean>
}

export function providerQueries(database: Database): ProviderQueries {
  const select = (name?: string) =>
    database.read(async connection => {
      let found = connection.selectFrom('provider').selectAll().orderBy('created_ms').orderBy('name')
      if (name !== undefined) found = found.where('name', '=', name)
      const rows = await found.execute()
      const assignments = await connection.selectFrom('assignment').selectAll().orderBy('project').execute()
      return rows.map(
        (row): StoredProvider => ({
          provider: JSON.parse(row.settings),
          secret: row.secret,
          projects: assignments.filter(assignment => assignment.provider === row.name).map(({ project }) => project),
          createdMs: row.created_ms,
        }),
      )
    })
  return {
    addProvider: (provider, secret, nowMs) =>
      database.transact(async connection => {
        const added = await connection
          .insertInto('provider')
          .values({ name: provider.name, settings: JSON.stringify(provider), secret, created_ms: nowMs })
          .onConflict(conflict => conflict.column('name').doNothing())
          .returning('name')
          .executeTakeFirst()
        if (added) return
        throw new CultivarError(
          'already-exists',
          `There is a provider “${provider.name}” already.`,
          'Choose another name, or remove it first with “cultivar providers remove”.',
        )
      }),

    updateProvider: (provider, secret) =>
      database.transact(async connection => {
        const updated = await connection
          .updateTable('provider')
          .set({ settings: JSON.stringify(provider), secret })
          .where('name', '=', provider.name)
          .returning('name')
          .executeTakeFirst()
        return updated !== undefined
      }),

    findProvider: async name => (await select(name))[0],

    listProviders: () => select(),

    assign: (provider, project) =>
      database.transact(async connection => {
        await connection
          .insertInto('assignment')
          .values({ provider, project })
          .onConflict(conflict => conflict.columns(['provider', 'project']).doNothing())
          .execute()
      }),

    unassign: (provider, project) =>
      database.transact(async connection => {
        await connection
          .deleteFrom('assignment')
          .where('provider', '=', provider)
          .where('project', '=', project)
          .execute()
      }),

    removeProvider: name =>
      database.transact(async connection => {
        const removed = await connection
          .deleteFrom('provider')
          .where('name', '=', name)
          .returning('name')
          .executeTakeFirst()
        return removed !== undefined
      }),
  }
}
