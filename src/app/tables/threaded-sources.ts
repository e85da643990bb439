/** Blocks of tables made by several threads, in order: the same bytes as one thread makes. */
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { CultivarError, type ErrorCode } from '../../model/error.ts'
import { type OpenedSources, openSources, type SampleOrder } from '../../tables/open-sources.ts'
import type { BlockSource, Column, Table, TableStream } from '../../tables/table.ts'

interface Wanted {
  source: number
  index: number
}

type Made =
  | { rows: number; columns: Column[] }
  | { error: { code: ErrorCode; message: string; hint: string; details: Record<string, unknown> } }

const startWord = 'make-blocks'
/** Blocks under way per thread: one that is made, and one that waits for its turn to be written. */
const ahead = 2

/**
 * Opens the order here and in as many threads as are wanted for it, and gives its tables as streams to be read one after another. The threads have
 * ended when it resolves, whatever happened.
 *
 * @throws CultivarError what making a block throws, and what `use` throws.
 */
export async function withThreads<T>(
  order: SampleOrder,
  threads: (sources: BlockSource[]) => number,
  use: (sources: (BlockSource | TableStream)[], notes: string[]) => Promise<T>,
): Promise<T> {
  const { sources, notes }: OpenedSources = await openSources(order)
  const most = Math.max(...sources.map(({ blocks }) => blocks))
  const wanted = threads(sources)
  if (wanted <= 1 || most <= 1) return use(sources, notes)
  const makers = Array.from({ length: Math.min(wanted, most) }, () => new BlockMaker(order))
  try {
    return await use(
      sources.map((source, at) => ({
        name: source.name,
        columns: source.columns,
        blocks: inOrder(source, at, makers),
      })),
      notes,
    )
  } finally {
    await Promise.all(makers.map(maker => maker.end()))
  }
}

async function* inOrder(source: BlockSource, at: number, makers: BlockMaker[]): AsyncGenerator<Table> {
  const underWay: Promise<Table>[] = []
  let next = 0
  const start = () => {
    const made = makers[next % makers.length]!.make(source, at, next)
    // It is awaited in its turn; until then its failure is nobody's.
    made.catch(() => undefined)
    underWay.push(made)
    next++
  }
  while (next < Math.min(source.blocks, makers.length * ahead)) start()
  while (underWay.length > 0) {
    const table = await underWay.shift()!
    if (next < source.blocks) start()
    yield table
  }
}

/** One thread; it makes what it is asked for in the order of asking. */
class BlockMaker {
  readonly #worker: Worker
  readonly #waiting: PromiseWithResolvers<Made>[] = []
  #failure: Error | undefined

  constructor(order: SampleOrder) {
    this.#worker = new Worker(fileURLToPath(import.meta.url), { workerData: { startWord, order } })
    this.#worker.on('message', (made: Made) => this.#waiting.shift()!.resolve(made))
    this.#worker.on('error', error => this.#fail(error))
    this.#worker.on('exit', () => this.#fail(new Error('a thread that makes blocks ended early')))
  }

  async make(source: BlockSource, at: number, index: number): Promise<Table> {
    if (this.#failure) throw this.#failure
    const waiting = Promise.withResolvers<Made>()
    this.#waiting.push(waiting)
    this.#worker.postMessage({ source: at, index } satisfies Wanted)
    const made = await waiting.promise
    if ('error' in made) {
      const { code, message, hint, details } = made.error
      throw new CultivarError(code, message, hint, details)
    }
    const columns = made.columns.map((column, place) => withDictionary(column, source, place))
    return { name: source.name, rows: made.rows, columns }
  }

  /** It ends by itself once it has made what it was asked for. */
  async end(): Promise<void> {
    if (this.#failure) return
    const ended = once(this.#worker, 'exit')
    this.#worker.postMessage(null)
    await ended
  }

  #fail(error: Error): void {
    this.#failure ??= error
    for (const waiting of this.#waiting.splice(0)) waiting.reject(error)
  }
}

/** Dictionaries are the same here and there, and long: they are not sent with each block. */
function withDictionary(column: Column, source: BlockSource, place: number): Column {
  const header = source.columns[place]!
  return column.storage === 'codes' && header.storage === 'codes' && column.dictionary.length === 0
    ? { ...column, dictionary: header.dictionary }
    : column
}

if (!isMainThread && workerData?.startWord === startWord) void serve(workerData.order)

async function serve(order: SampleOrder): Promise<void> {
  const opening = openSources(order)
  parentPort!.on('message', async (wanted: Wanted | null) => {
    const { sources } = await opening
    if (wanted === null) return parentPort!.close()
    // Copied, not transferred: what makes a block may keep it for the blocks of its children.
    parentPort!.postMessage(madeBy(sources[wanted.source]!, wanted.index))
  })
}

function madeBy(source: BlockSource, index: number): Made {
  try {
    const { rows, columns } = source.block(index)
    return { rows, columns: columns.map((column, place) => withoutDictionary(column, source, place)) }
  } catch (error) {
    if (!(error instanceof CultivarError)) throw error
    const { code, message, hint, details } = error
    return { error: { code, message, hint, details: JSON.parse(JSON.stringify(details)) } }
  }
}

/** A block’s own dictionary is sent where it is not the one of the header. */
function withoutDictionary(column: Column, source: BlockSource, place: number): Column {
  const header = source.columns[place]!
  return column.storage === 'codes' && header.storage === 'codes' && column.dictionary === header.dictionary
    ? { ...column, dictionary: [] }
    : column
}
