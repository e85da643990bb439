/** A connection to PostgreSQL, and what its faults mean to people. */
import type pg from 'pg'
import { CultivarError } from '../model/error.ts'

/** Values come as the texts PostgreSQL sends. */
export async function openPostgres(url: string): Promise<pg.Client> {
  const { default: postgres } = await import('pg')
  const client = new postgres.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    types: { getTypeParser: () => (value: string | Buffer) => value as never },
  })
  // Without a listener, a connection that the server ends would end the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (error) {
    throw explained(url, error)
  }
  return client
}

/** The address without its password. */
export function shownUrl(url: string): string {
  const parsed = URL.parse(url)
  if (!parsed) return 'the database'
  parsed.password = ''
  parsed.search = ''
  return parsed.href
}

/** SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html */
export function explained(url: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof CultivarError) return error
  const code = 'code' in error ? String(error.code) : ''
  const place = shownUrl(url)
  if (/^28/.test(code))
    return new CultivarError(
      'forbidden',
      `${place} does not let you in: ${error.message}.`,
      'Check the user and the password.',
    )
  if (code === '42501')
    return new CultivarError(
      'forbidden',
      `You lack a right in ${place}: ${error.message}.`,
      'Ask its owner for the right.',
    )
  if (code === '3D000')
    return new CultivarError(
      'not-found',
      `There is no such database: ${error.message}.`,
      'Check the name behind the last /.',
    )
  if (code === '53100') return new CultivarError('storage-full', `${place} is full.`, 'Free some space there.')
  if (
    /^(08|57P)/.test(code) ||
    /^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)/.test(code) ||
    /timeout|terminated/.test(error.message)
  )
    return new CultivarError(
      'storage-unavailable',
      `${place} does not answer: ${error.message || code}.`,
      'Check that it runs, and the address.',
    )
  return code === ''
    ? error
    : new CultivarError('bad-input', `${place} says: ${error.message}.`, 'Check the table and its columns.')
}
