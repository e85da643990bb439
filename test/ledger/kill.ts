/** The law of the ledger: a run whose process is killed again and again ends as if nothing had been, and pays for nothing twice. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { RunStore } from '../../src/engine/ports.ts'
import { project as projectSchema } from '../../src/model/project.ts'
import { type RandomStream, randomStream } from '../../src/stats/random-stream.ts'
import type { Database } from '../../src/stores/database.ts'
import { saying } from '../../src/testing/saying.ts'
import { type ScriptedServer, scriptedServer } from '../../src/testing/scripted-server.ts'
import type { TestDatabase } from '../databases.ts'
import type { Job } from './child.ts'

type Transaction = Exclude<keyof RunStore, 'streamKnown'>

export interface KillReport {
  database: string
  kills: number
  /** Kills by the transactions that had begun and not returned; `none` if there was none. */
  killsIn: Record<string, number>
  /** Calls reserved and not acknowledged when a kill fell, added up: as many may have been sent twice. */
  inFlight: number
  kept: number
  requests: number
  sentAgain: number
  /** From a process’s birth to its first transaction, at the median. */
  startMs: number
}

/** When a life ends: once so many calls were acknowledged, at the next beginning of `aim` (at any mark without it), and then a little later. */
interface Kill {
  afterCalls: number
  aim?: Transaction
  delayMs: number
}

const project = 'grove'
const concurrency = 16
/** A kill that waits for its transaction no longer than this many marks. */
const patienceMarks = 80
const aims = [
  'openAttempts',
  'settleAttempts',
  'decideUnits',
  'advance',
  'planRound',
  'renewLease',
  'findReplies',
] as const

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

/** Moments spread evenly over the run’s calls; the last few wait for the end, to fall into closing the run. */
function drawKills(random: RandomStream, kills: number, calls: number): Kill[] {
  const closing = Math.max(1, Math.floor(kills / 25))
  const moments = Array.from({ length: kills - closing }, () => random.int(calls)).sort((a, b) => a - b)
  const drawn = moments.map((afterCalls): Kill => {
    const delayMs = random.int(2) === 0 ? 0 : 4 * random.float()
    if (random.int(12) === 0) return { afterCalls: 0, aim: 'openRun', delayMs }
    return random.int(3) === 0
      ? { afterCalls, delayMs: 5 * delayMs }
      : { afterCalls, aim: random.pick(aims), delayMs: delayMs / 4 }
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
    return { database: kind.name, ...(await new Siege(database, server, job, cache, seed).run(kills, calls)) }
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

class Siege {
  readonly #database: Database
  readonly #server: ScriptedServer
  readonly #job: Job
  readonly #cache: string
  readonly #random: RandomStream
  readonly #expected: string[]
  /** Units whose ledger commit returned, in any life. */
  readonly #acknowledged = new Set<number>()
  /** Times that a unit’s call was in flight at a kill. */
  readonly #inFlightAtKill = new Map<number, number>()
  /** Requests of dead processes may still arrive: only those of units acknowledged in an earlier life are wrong. */
  #acknowledgedBefore = new Set<number>()
  #requestsSeen = 0
  #keptBefore = 0
  readonly #killsIn: Record<string, number> = {}
  #kills = 0
  #inFlight = 0
  readonly #startMs: number[] = []

  constructor(database: Database, server: ScriptedServer, job: Job, cache: string, seed: number) {
    this.#database = database
    this.#server = server
    this.#job = job
    this.#cache = cache
    this.#random = randomStream(`kills ${seed}`)
    this.#expected = expectedTexts(job.target)
  }

  async run(kills: number, calls: number): Promise<Omit<KillReport, 'database'>> {
    for (const kill of drawKills(this.#random, kills, calls)) {
      // A process that came to its end before the blow is no kill: the run is opened again.
      while ((await this.#live(kill)) !== 'killed');
      await this.#checkAfterLife()
    }
    const end = await this.#live()
    must(end === 'done', `the last life ended ${end}`)
    await this.#checkAfterLife()
    return await this.#checkEnd()
  }

  /** One process: until it is killed, or to its own end, which is returned. */
  #live(kill?: Kill): Promise<string> {
    const bornMs = performance.now()
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'child.ts'), JSON.stringify(this.#job)],
      { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_COMPILE_CACHE: this.#cache } },
    )
    const running = new Map<string, number>()
    const opened = new Set<number>()
    const settled = new Set<number>()
    let [complaint, rest, state, marks, aimed] = ['', '', '', 0, false]

    const strike = (name: string, isBegin: boolean) => {
      if (!kill || aimed || this.#acknowledged.size + settled.size < kill.afterCalls) return
      marks++
      const hit =
        kill.aim === undefined || (isBegin && name === kill.aim) || (marks > patienceMarks && kill.aim !== 'closeRun')
      if (!hit) return
      aimed = true
      if (kill.delayMs === 0) child.kill('SIGKILL')
      else setTimeout(() => child.kill('SIGKILL'), kill.delayMs)
    }
    const hear = (line: string) => {
      const [word, name = '', units = ''] = line.split(' ')
      if (word === 'ended') {
        state = name
        return
      }
      if (marksNothingYet(running)) this.#startMs.push(performance.now() - bornMs)
      running.set(name, (running.get(name) ?? 0) + (word === 'begin' ? 1 : -1))
      const numbers = units === '' ? [] : units.split(',').map(Number)
      if (name === 'openAttempts') for (const unit of numbers) opened.add(unit)
      if (name === 'settleAttempts') for (const unit of numbers) settled.add(unit)
      strike(name, word === 'begin')
    }
    child.stderr?.on('data', chunk => (complaint += chunk))
    const pipe = child.stdio[3] as Readable
    pipe.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) hear(line)
    })
    return new Promise((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code, signal) => {
        for (const unit of settled) this.#acknowledged.add(unit)
        if (signal !== 'SIGKILL') {
          if (state === '') reject(new Error(`the child ended with code ${code}: ${complaint}`))
          else resolve(state)
          return
        }
        const lost = [...opened].filter(unit => !settled.has(unit))
        for (const unit of lost) this.#inFlightAtKill.set(unit, (this.#inFlightAtKill.get(unit) ?? 0) + 1)
        this.#inFlight += lost.length
        this.#kills++
        const within = [...running].filter(([, count]) => count > 0).map(([name]) => name)
        for (const name of within.length > 0 ? within : ['none']) this.#killsIn[name] = (this.#killsIn[name] ?? 0) + 1
        resolve('killed')
      })
    })
  }

  async #checkAfterLife(): Promise<void> {
    for (const { body } of this.#server.requests.slice(this.#requestsSeen)) {
      const unit = unitIn(body)
      must(!this.#acknowledgedBefore.has(unit), `call ${unit} was sent again though its ledger commit had returned`)
    }
    this.#requestsSeen = this.#server.requests.length
    this.#acknowledgedBefore = new Set(this.#acknowledged)
    const kept = await this.#keptTexts()
    must(kept.length >= this.#keptBefore, `${this.#keptBefore - kept.length} kept records were lost`)
    const wrong = kept.findIndex((text, i) => text !== this.#expected[i])
    must(wrong < 0, `record ${wrong} is “${kept[wrong]}”, not “${this.#expected[wrong]}”`)
    this.#keptBefore = kept.length
    const known = new Set(
      (await this.#attempts())
        .filter(({ state, fault }) => state === 'settled' && fault === null)
        .map(({ unit }) => unit),
    )
    for (const unit of this.#acknowledged)
      must(known.has(unit), `the reply to call ${unit}, acknowledged, is not in the ledger`)
  }

  async #checkEnd(): Promise<Omit<KillReport, 'database'>> {
    const kept = await this.#keptTexts()
    must(kept.length === this.#job.target, `${kept.length} of ${this.#job.target} records were kept`)
    const attempts = await this.#attempts()
    const requests = new Map<number, number>()
    for (const { body } of this.#server.requests) requests.set(unitIn(body), (requests.get(unitIn(body)) ?? 0) + 1)
    for (const [unit, count] of requests) {
      const most = 1 + (this.#inFlightAtKill.get(unit) ?? 0)
      must(count <= most, `call ${unit} was sent ${count} times, but was in flight at ${most - 1} kills`)
    }
    const { run, calls, tallies, outcomes } = await this.#totals()
    const charged = { calls: 0, tokens: 0 }
    for (const attempt of attempts) {
      must(attempt.state !== 'open', `attempt ${attempt.id} was left open`)
      charged.calls += attempt.charged_calls ?? 0
      charged.tokens += attempt.charged_tokens ?? 0
    }
    must(run.reserved_calls === 0 && run.reserved_tokens === 0, `${run.reserved_calls} calls are still reserved`)
    must(
      run.spent_calls === charged.calls && run.spent_tokens === charged.tokens,
      `${run.spent_calls} calls and ${run.spent_tokens} tokens are spent, but ${JSON.stringify(charged)} were charged`,
    )
    const received = this.#server.requests.length
    must(charged.calls >= received, `${received} requests were made, but only ${charged.calls} were charged`)
    must(calls <= requests.size, `${calls} calls are in the ledger, but only ${requests.size} were made`)
    must(
      tallies.kept === outcomes['kept'] && tallies.candidates === tallies.kept + tallies.rejected + tallies.surplus,
      `the tallies ${JSON.stringify(tallies)} do not add up to the records ${JSON.stringify(outcomes)}`,
    )
    const middle = [...this.#startMs].sort((a, b) => a - b)[this.#startMs.length >> 1] ?? 0
    return {
      ...{ kills: this.#kills, killsIn: this.#killsIn, inFlight: this.#inFlight, kept: kept.length },
      ...{ requests: received, sentAgain: received - requests.size, startMs: Math.round(middle) },
    }
  }

  /** Kept texts in the order of their positions, which must be that of their units, without gap or repeat. */
  async #keptTexts(): Promise<string[]> {
    const rows = await this.#database.read(connection =>
      connection
        .selectFrom('record')
        .select(['content', 'position', 'unit'])
        .where('position', 'is not', null)
        .orderBy('position')
        .execute(),
    )
    for (const [i, { position, unit }] of rows.entries()) {
      must(position === i, `record ${i} stands at position ${position}`)
      must(i === 0 || (rows[i - 1]?.unit ?? 0) < (unit ?? 0), `record ${i} of unit ${unit} is out of order`)
    }
    return rows.map(({ content }) => JSON.parse(content).fields.text)
  }

  #attempts() {
    return this.#database.read(connection => connection.selectFrom('attempt').selectAll().execute())
  }

  #totals() {
    return this.#database.read(async connection => {
      const run = await connection.selectFrom('run').selectAll().executeTakeFirstOrThrow()
      const calls = (await connection.selectFrom('call').select('key').execute()).length
      const rounds = await connection.selectFrom('round').select('tallies').execute()
      const tallies = { candidates: 0, kept: 0, rejected: 0, surplus: 0 }
      for (const { all } of rounds.map(round => JSON.parse(round.tallies))) {
        if (!all) continue
        tallies.candidates += all.candidates
        tallies.kept += all.kept
        tallies.surplus += all.surplus
        for (const count of Object.values<number>(all.rejected)) tallies.rejected += count
      }
      const outcomes: Record<string, number> = {}
      for (const { outcome } of await connection.selectFrom('record').select('outcome').execute())
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
      return { run, calls, tallies, outcomes }
    })
  }
}

function unitIn(body: ScriptedServer['requests'][number]['body']): number {
  return numberIn((body?.['messages'] as { content: string }[] | undefined)?.[0]?.content)
}

function marksNothingYet(running: Map<string, number>): boolean {
  return running.size === 0
}

function must(holds: boolean, what: string): asserts holds {
  if (!holds) throw new Error(what)
}
