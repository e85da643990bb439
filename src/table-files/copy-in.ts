/** Sends rows to PostgreSQL by COPY, its quickest way in (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-COPY). */
import type pg from 'pg'

/** What the driver's connection has for COPY, beyond what its types say. */
interface CopyConnection {
  query(sql: string): void
  sendCopyFromChunk(bytes: Buffer): void
  endCopyFrom(): void
  sendCopyFail(reason: string): void
  stream: { writableNeedDrain: boolean; once(event: 'drain' | 'close', listener: () => void): void }
}

/** `chunks` are what `copy … from stdin` takes. Resolves when the server has taken all; a fault of the chunks ends the COPY. */
export async function copyIn(client: pg.Client, sql: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
  const copy = new CopyIn(sql)
  client.query(copy as unknown as pg.Query)
  const connection = await copy.ready
  let failure: unknown
  try {
    for await (const bytes of chunks) {
      // A server that has refused a row takes no more.
      if (copy.failed) break
      connection.sendCopyFromChunk(Buffer.from(bytes))
      if (connection.stream.writableNeedDrain) await drained(connection)
    }
  } catch (error) {
    failure = error
  }
  if (failure === undefined) connection.endCopyFrom()
  else connection.sendCopyFail('the rows could not be made')
  const outcome = await copy.done.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (failure !== undefined || outcome !== undefined) throw failure ?? outcome
}

function drained({ stream }: CopyConnection): Promise<void> {
  return new Promise(resolve => {
    stream.once('drain', resolve)
    stream.once('close', resolve)
  })
}

/** A query to the driver: it calls these as the server answers. */
class CopyIn {
  failed = false
  readonly #sql: string
  readonly #ready = Promise.withResolvers<CopyConnection>()
  readonly #done = Promise.withResolvers<void>()
  #error: Error | undefined

  constructor(sql: string) {
    this.#sql = sql
    // Whoever waits for either still gets it; nobody waits for both at once.
    this.#ready.promise.catch(() => undefined)
    this.#done.promise.catch(() => undefined)
  }

  get ready(): Promise<CopyConnection> {
    return this.#ready.promise
  }

  get done(): Promise<void> {
    return this.#done.promise
  }

  submit(connection: CopyConnection): void {
    connection.query(this.#sql)
  }

  handleCopyInResponse(connection: CopyConnection): void {
    this.#ready.resolve(connection)
  }

  handleError(error: Error): void {
    this.failed = true
    this.#error = error
    this.#ready.reject(error)
    this.#done.reject(error)
  }

  handleReadyForQuery(): void {
    if (!this.#error) this.#done.resolve()
  }

  handleCommandComplete(): void {
    // The count it brings is known.
  }
}
