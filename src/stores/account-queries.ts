/** Accounts and sessions in the tables. Passwords and tokens come here only as hashes. */
import type { Selectable } from 'kysely'
import type { Role } from '../model/api/endpoint.ts'
import { CultivarError } from '../model/error.ts'
import type { Connection, Database } from './database.ts'
import type { AccountTable } from './tables.ts'

export interface StoredAccount {
  /** The name without case. */
  id: string
  name: string
  role: Role
  /** Hash; null where there is none. */
  password: string | null
  /** Hash of the token of an invitation not taken yet. */
  invitation: string | null
  invitedUntilMs: number | null
  createdMs: number
}

type Changes = Partial<Pick<StoredAccount, 'role' | 'password' | 'invitation' | 'invitedUntilMs'>>

export interface AccountQueries {
  listAccounts(): Promise<StoredAccount[]>
  findAccount(id: string): Promise<StoredAccount | undefined>
  /** Throws `already-exists`. */
  addAccount(account: StoredAccount): Promise<void>
  /**
   * Changes it and ends its sessions, but for the one named. Throws `not-found`, and `bad-input` where no admin would be left.
   */
  changeAccount(id: string, changes: Changes, keptSession?: string): Promise<StoredAccount>
  /** Ends its sessions too. Throws as `changeAccount`. */
  removeAccount(id: string): Promise<void>
  /** Uses the invitation up and ends the account’s sessions; undefined if there is none that is open. */
  takeInvitation(invitation: string, password: string, nowMs: number): Promise<StoredAccount | undefined>
  /** Forgets expired ones too. */
  addSession(session: { id: string; account: string; expiresMs: number }, nowMs: number): Promise<void>
  /** The account of a session that has not expired. */
  findSession(id: string, nowMs: number): Promise<StoredAccount | undefined>
  endSession(id: string): Promise<void>
  endSessionsOf(account: string): Promise<void>
}

export function accountQueries(database: Database): AccountQueries {
  return {
    listAccounts: () =>
      database.read(async connection => {
        const rows = await connection.selectFrom('account').selectAll().orderBy('created_ms').orderBy('id').execute()
        return rows.map(storedAccount)
      }),

    findAccount: id =>
      database.read(async connection => {
        const row = await connection.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst()
        return row && storedAccount(row)
      }),

    addAccount: account =>
      database.transact(async connection => {
        const added = await connection
          .insertInto('account')
          .values({
            ...{ id: account.id, name: account.name, role: account.role, password: account.password },
            ...{ invitation: account.invitation, invited_until_ms: account.invitedUntilMs },
            created_ms: account.createdMs,
          })
          .onConflict(conflict => conflict.column('id').doNothing())
          .returning('id')
          .executeTakeFirst()
        if (added) return
        throw new CultivarError(
          'already-exists',
          `There is an account “${account.name}” already.`,
          'Choose another name; case makes no difference.',
        )
      }),

    changeAccount: (id, changes, keptSession = '') =>
      database.transact(async connection => {
        const { invitedUntilMs, ...same } = changes
        if (changes.role !== undefined && changes.role !== 'admin') await requireOtherAdmin(connection, id)
        const row = await connection
          .updateTable('account')
          .set({ ...same, ...(invitedUntilMs !== undefined && { invited_until_ms: invitedUntilMs }) })
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirst()
        if (!row) throw noAccount(id)
        await connection.deleteFrom('session').where('account', '=', id).where('id', '!=', keptSession).execute()
        return storedAccount(row)
      }),

    removeAccount: id =>
      database.transact(async connection => {
        await requireOtherAdmin(connection, id)
        const removed = await connection.deleteFrom('account').where('id', '=', id).returning('id').executeTakeFirst()
        if (!removed) throw noAccount(id)
      }),

    takeInvitation: (invitation, password, nowMs) =>
      database.transact(async connection => {
        const row = await connection
          .updateTable('account')
          .set({ password, invitation: null, invited_until_ms: null })
          .where('invitation', '=', invitation)
          .where('invited_until_ms', '>', nowMs)
          .returningAll()
          .executeTakeFirst()
        if (!row) return undefined
        await connection.deleteFrom('session').where('account', '=', row.id).execute()
        return storedAccount(row)
      }),

    addSession: ({ id, account, expiresMs }, nowMs) =>
      database.transact(async connection => {
        await connection.deleteFrom('session').where('expires_ms', '<=', nowMs).execute()
        await connection.insertInto('session').values({ id, account, expires_ms: expiresMs }).execute()
      }),

    findSession: (id, nowMs) =>
      database.read(async connection => {
        const row = await connection
          .selectFrom('session')
          .innerJoin('account', 'account.id', 'session.account')
          .selectAll('account')
          .where('session.id', '=', id)
          .where('session.expires_ms', '>', nowMs)
          .executeTakeFirst()
        return row && storedAccount(row)
      }),

    endSession: id =>
      database.transact(async connection => {
        await connection.deleteFrom('session').where('id', '=', id).execute()
      }),

    endSessionsOf: account =>
      database.transact(async connection => {
        await connection.deleteFrom('session').where('account', '=', account).execute()
      }),
  }
}

/** Locks the admins, so that of two who remove each other at once the second is told. */
async function requireOtherAdmin(connection: Connection, id: string): Promise<void> {
  const admins = await connection
    .updateTable('account')
    .set({ role: 'admin' })
    .where('role', '=', 'admin')
    .returning('id')
    .execute()
  if (!admins.some(admin => admin.id === id) || admins.length > 1) return
  throw new CultivarError(
    'bad-input',
    'This is the last admin.',
    'Make somebody else an admin first; else nobody could manage accounts.',
  )
}

function storedAccount({ invited_until_ms, created_ms, ...row }: Selectable<AccountTable>): StoredAccount {
  return { ...row, role: row.role as Role, invitedUntilMs: invited_until_ms, createdMs: created_ms }
}

function noAccount(id: string): CultivarError {
  return new CultivarError('not-found', `There is no account “${id}”.`, 'The settings page lists those there are.')
}
