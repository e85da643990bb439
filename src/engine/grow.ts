/** Grows a run: opens it, keeps its lease, proposes in parallel, selects in order, and closes it with how it ended. */
import type { Limits } from '../model/recipe.ts'
import type { RunEnd, RunRow, Tallies } from '../model/run.ts'
import type { RunEvent } from '../model/run-event.ts'
import { Growth } from './growth.ts'
import type { Clock, Holder, Lease, RunStore } from './ports.ts'
import type { PreparedRun } from './prepare-run.ts'
import type { RunPlugins } from './run-plugins.ts'
import { StopControl } from './stop-control.ts'
import { untilStored } from './until-stored.ts'

/** A lease is renewed well before it ends, so that one slow commit does not lose it. */
const leaseMs = 20_000
const renewEveryMs = 5_000

export interface GrowInput {
  prepared: PreparedRun
  plugins: RunPlugins
  store: RunStore
  clock: Clock
  holder: Holder
  /** Whether the process that holds a lease still lives; if it is known to be dead, its lease is taken at once. */
  isAlive?: (holder: Holder) => boolean
  limits: Limits
  /** Aborted: nothing new is sent, calls in flight may finish. */
  signal?: AbortSignal
  /** Aborted: calls in flight are given up too. */
  stopNow?: AbortSignal
  observe?: (event: RunEvent) => void
}

export interface GrowResult {
  end: RunEnd
  run: RunRow
  /** Per cell, over the whole run. */
  tallies: Tallies
  notes: string[]
}

/**
 * Runs until the targets are met or the run must stop. Resumes if the run exists.
 * Throws CultivarError `run-held` if another process grows the project, `run-taken-over` if one took over, and storage errors.
 */
export async function grow(input: GrowInput): Promise<GrowResult> {
  const { prepared, store, clock, holder, observe = () => undefined } = input
  const control = new StopControl()
  const stored = <T>(work: () => Promise<T>) =>
    untilStored(work, { clock, signal: control.impatient, onWait: why => observe({ kind: 'waiting', why }) }).catch(
      error => {
        // Whoever called may take it for a fault of its unit; a store that fails is the end of the run.
        control.fail(error)
        throw error
      },
    )
  const opened = await stored(() =>
    store.openRun(
      prepared.run,
      { targets: prepared.targets, budget: prepared.budget },
      { holder, nowMs: clock.now(), leaseMs, isAlive: input.isAlive ?? (() => true) },
    ),
  )
  const { lease, run } = opened
  observe({ kind: 'opened', run: run.id, resumed: opened.rounds.length > 0, targets: run.targets })

  const unlisten = listen(input, control)
  const growth = new Growth({
    opened,
    plugins: input.plugins,
    store,
    stored,
    clock,
    limits: input.limits,
    control,
    observe,
  })
  const ended = new AbortController()
  const kept = keepLease(lease, { store, stored, clock, control, ended: ended.signal })
  await growth.finish()
  unlisten()
  ended.abort()
  await kept
  const end = control.end as RunEnd
  const closing = stored(() => store.closeRun(lease, end, clock.now()))
  if (control.failure) {
    // The error that ended the run is worth more than one met while closing it: the lease ends by itself.
    await closing.catch(() => undefined)
    throw control.failure.error
  }
  await closing
  const { spent, reserved } = await stored(() => store.spending(run.id))
  const final: RunRow = { ...run, ...end, cursor: growth.cursor, spent, reserved, updatedMs: clock.now() }
  return { end, run: final, tallies: growth.tallies, notes: growth.notes }
}

/** A person’s first wish stops, the second aborts. */
function listen({ signal, stopNow }: GrowInput, control: StopControl): () => void {
  const cancel = () =>
    control.stop({
      state: 'cancelled',
      reason: 'It was stopped.',
      hint: 'Run it again, or “cultivar runs resume”: it goes on where it stopped.',
    })
  const abort = () => {
    cancel()
    control.stopNow()
  }
  const hear = (heard: AbortSignal | undefined, react: () => void) => {
    if (heard?.aborted) react()
    heard?.addEventListener('abort', react)
    return () => heard?.removeEventListener('abort', react)
  }
  const forget = [hear(signal, cancel), hear(stopNow, abort)]
  return () => {
    for (const undo of forget) undo()
  }
}

async function keepLease(
  lease: Lease,
  keeping: {
    store: RunStore
    stored: <T>(work: () => Promise<T>) => Promise<T>
    clock: Clock
    control: StopControl
    ended: AbortSignal
  },
): Promise<void> {
  const { store, stored, clock, control, ended } = keeping
  const slept = () =>
    clock.sleep(renewEveryMs, ended).then(
      () => true,
      () => false,
    )
  while (await slept()) {
    try {
      await stored(() => store.renewLease(lease, clock.now() + leaseMs))
    } catch (error) {
      control.fail(error)
      return
    }
  }
}
