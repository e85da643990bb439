/** A connection to the tables, on either database, with transactions whose errors say what the caller can do. */
import type { Kysely, Transaction } from 'kysely'
import { CultivarError } from '../model/error.ts'
import type { Tables } from './tables.ts'

export type Connection = Kysely<Tables> | Transaction<Tables>

export interface Database {
  dialect: 'sqlite' | 'postgres'
  /** For reads outside a transaction. */
  read<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  /** Runs `work` in one transaction that is durable when this resolves. */
  transact<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  /** Runs statements separated by semicolons, as one transaction. */
  script(text: string): Promise<void>
  close(): Promise<void>
}

export function database(
  kysely: Kysely<Tables>,
  options: {
    dialect: Database['dialect']
    script(text: string): Promise<void>
    explain(error: unknown): CultivarError | undefined
  },
): Database {
  const explained = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      throw (error instanceof CultivarError ? undefined : options.explain(error)) ?? error
    }
  }
  return {
    dialect: options.dialect,
    read: work => explained(() => work(kysely)),
    transact: work => explained(() => kysely.transaction().execute(work)),
    script: text => explained(() => options.script(text)),
    close: () => kysely.destroy(),
  }
}

export function storageFull(cause: unknown): CultivarError {
  return new CultivarError(
    'storage-full',
    'There is no room left where the workspace is stored.',
    'Free some space; what is already stored is safe.',
    {
      cause: String(cause),
    },
  )
}

export function storageUnavailable(cause: unknown): CultivarError {
  return new CultivarError(
    'storage-unavailable',
    `The workspace’s database does not answer: ${String(cause)}`,
    'Try again in a moment; if it stays so, check that the database runs and may be written.',
  )
}
