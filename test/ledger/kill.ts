/** The law of the ledger: a run whose process is killed again and again ends as if nothing had been, and pays for nothing twice. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { project as projectSchema } from '../../src/model/project.ts'
import { type RandomStream, randomStream } from '../../src/stats/random-stream.ts'
import type { Database } from '../../src/stores/database.ts'
import { saying } from '../../src/testing/saying.ts'
import { type ScriptedServer, scriptedServer } from '../../src/testing/scripted-server.ts'
import type { TestDatabase } from '../databases.ts'
import { checkSums, keptTexts, must, unitsInLedger } from './aftermath.ts'
import type { Job } from './child.ts'
import { type Kill, type Life, live, type Transaction } from './life.ts'

interface KillReport {
  database: string
  kills: number
  /** Kills by the transactions that had begun and not returned, of which there may be several; `none` if there was none. */
  killsIn: Record<string, number>
  /** Calls reserved and not acknowledged when a kill fell, added up: as many may have been sent twice. */
  inFlight: number
  kept: number
  requests: number
  sentAgain: number
  /** From a process’s birth to its first transaction, at the median. */
  startMs: number
}

const project = 'grove'
const concurrency = 16
const aims: Transaction[] = [
  ...(['openAttempts', 'settleAttempts', 'advance', 'planRound', 'renewLease', 'findReplies'] as const),
]

/** What the teacher says to unit `n`: every tenth time what it said before. */
function textOf(n: number): string {
  const said = n % 10 === 7 ? n - 3 : n
  return `${saying(randomStream(`text ${said}`))} (${said})`
}

/** The texts that a run without deaths keeps, in order. */
function expectedTexts(target: number): string[] {
  const texts = new Set<string>()
  for (let n = 0; texts.size < target; n++) texts.add(textOf(n))
  return [...texts]
}

/** Moments spread evenly over the run’s calls, but for the very last; a few kills wait for the end, to fall into closing the run. */
function drawKills(random: RandomStream, kills: number, calls: number): Kill[] {
  const closing = Math.max(1, Math.floor(kills / 25))
  const moments = Array.from({ length: kills - closing }, () => random.int(Math.floor(0.95 * calls))).sort(
    (a, b) => a - b,
  )
  const drawn = moments.map((afterCalls): Kill => {
    const delayMs = random.int(2) === 0 ? 0 : random.float()
    if (random.int(12) === 0) return { afterCalls: 0, aim: 'openRun', delayMs: 4 * delayMs }
    if (random.int(3) === 0) return { afterCalls, delayMs: 20 * delayMs }
    return { afterCalls, aim: random.pick(aims), delayMs }
  })
  const last = Array.from({ length: closing }, (): Kill => ({ afterCalls: 0, aim: 'closeRun', delayMs: 0 }))
  return [...drawn, ...last]
}

/** Runs the law; throws an error that names the seed if it does not hold. `calls` is about how many the run takes. */
export async function surviveKills(
  kind: TestDatabase,
  { kills, calls, seed }: { kills: number; calls: number; seed: number },
): Promise<KillReport> {
  const { database, address, close } = await kind.open()
  const cache = mkdtempSync(join(tmpdir(), 'cultivar-compiled-'))
  const server = await scriptedServer({
    script: ({ messages }) => ({ kind: 'reply', value: textOf(numberIn(messages[0]?.content)) }),
    latency: { kind: 'log-normal', meanMs: 8, sigma: 0.8 },
    seed,
  })
  try {
    const settings = JSON.stringify(projectSchema.parse({ name: project }))
    await database.transact(connection =>
      connection.insertInto('project').values({ name: project, settings, next_position: 0, created_ms: 0 }).execute(),
    )
    const job: Job = {
      where: database.dialect === 'sqlite' ? { file: address } : { url: address },
      endpoint: server.url,
      ...{ project, target: Math.floor(calls * 0.9), concurrency, roundSize: 64 },
    }
    const siege = new Siege(database, server, job)
    for (const kill of drawKills(randomStream(`kills ${seed}`), kills, calls)) {
      let life = await live(job, cache, { ...kill, afterCalls: kill.afterCalls - siege.acknowledged })
      await siege.checkLife(life)
      // A process that came to its end before the blow is no kill: the run, which is done, is opened again and struck anywhere.
      while (life.end !== undefined) {
        life = await live(job, cache, kill.aim === 'closeRun' ? kill : { afterCalls: 0, delayMs: 0 })
        await siege.checkLife(life)
      }
    }
    const last = await live(job, cache)
    await siege.checkLife(last)
    must(last.end === 'done', `the last life ended ${last.end}`)
    return { database: kind.name, ...(await siege.checkEnd()) }
  } catch (error) {
    throw new Error(`seed ${seed} on ${kind.name}: ${error instanceof Error ? error.message : error}`, { cause: error })
  } finally {
    await server.close()
    await close()
    rmSync(cache, { recursive: true, force: true })
  }
}

function numberIn(question: string | undefined): number {
  return Number(/number (\d+)/.exec(question ?? '')?.[1])
}

/** What was promised to the processes so far, held against the database and what the server received. */
class Siege {
  readonly #database: Database
  readonly #server: ScriptedServer
  readonly #job: Job
  readonly #expected: string[]
  readonly #acknowledged = new Set<number>()
  /** Times that a unit’s call was in flight at a kill. */
  readonly #inFlightAtKill = new Map<number, number>()
  readonly #killsIn: Record<string, number> = {}
  readonly #startMs: number[] = []
  #requestsSeen = 0
  #kept = 0
  #kills = 0

  constructor(database: Database, server: ScriptedServer, job: Job) {
    this.#database = database
    this.#server = server
    this.#job = job
    this.#expected = expectedTexts(job.target)
  }

  /** Units whose ledger commit returned, in any life. */
  get acknowledged(): number {
    return this.#acknowledged.size
  }

  async checkLife(life: Life): Promise<void> {
    // Requests of a process that is dead may still arrive, but none of a call that an earlier life knew to be stored.
    for (const { body } of this.#server.requests.slice(this.#requestsSeen)) {
      const unit = unitIn(body)
      must(!this.#acknowledged.has(unit), `call ${unit} was sent again though its ledger commit had returned`)
    }
    this.#requestsSeen = this.#server.requests.length
    for (const unit of life.settled) this.#acknowledged.add(unit)
    this.#startMs.push(life.startMs)
    if (life.end === undefined) this.#countKill(life)

    const kept = await keptTexts(this.#database)
    must(kept.length >= this.#kept, `${this.#kept - kept.length} kept records were lost`)
    const wrong = kept.findIndex((text, i) => text !== this.#expected[i])
    must(wrong < 0, `record ${wrong} is “${kept[wrong]}”, not “${this.#expected[wrong]}”`)
    this.#kept = kept.length
    const stored = await unitsInLedger(this.#database)
    for (const unit of this.#acknowledged)
      must(stored.has(unit), `the reply to call ${unit}, acknowledged, is not in the ledger`)
  }

  #countKill({ opened, settled, within }: Life): void {
    this.#kills++
    for (const unit of opened.difference(settled))
      this.#inFlightAtKill.set(unit, (this.#inFlightAtKill.get(unit) ?? 0) + 1)
    for (const name of within.length > 0 ? within : ['none']) this.#killsIn[name] = (this.#killsIn[name] ?? 0) + 1
  }

  async checkEnd(): Promise<Omit<KillReport, 'database'>> {
    must(this.#kept === this.#job.target, `${this.#kept} of ${this.#job.target} records were kept`)
    const requests = new Map<number, number>()
    for (const { body } of this.#server.requests) requests.set(unitIn(body), (requests.get(unitIn(body)) ?? 0) + 1)
    for (const [unit, count] of requests) {
      const most = 1 + (this.#inFlightAtKill.get(unit) ?? 0)
      must(count <= most, `call ${unit} was sent ${count} times, but was in flight at ${most - 1} kills`)
    }
    const received = this.#server.requests.length
    const charged = await checkSums(this.#database)
    must(charged >= received, `${received} requests were made, but only ${charged} were charged`)
    const stored = await unitsInLedger(this.#database)
    must(stored.isSubsetOf(requests), 'the ledger holds calls that were never made')
    return {
      ...{ kills: this.#kills, killsIn: this.#killsIn, kept: this.#kept },
      inFlight: [...this.#inFlightAtKill.values()].reduce((sum, n) => sum + n, 0),
      ...{ requests: received, sentAgain: received - requests.size },
      startMs: Math.round(this.#startMs.sort((a, b) => a - b)[this.#startMs.length >> 1] ?? 0),
    }
  }
}

function unitIn(body: ScriptedServer['requests'][number]['body']): number {
  return numberIn((body?.['messages'] as { content: string }[] | undefined)?.[0]?.content)
}
