/** One unit: proposes candidates and has them judged as far as can be judged before selection. The place where a fault becomes data. */
import { CultivarError } from '../model/error.ts'
import type { Verdict } from '../model/record.ts'
import type { Candidate, Round, Snapshot, Unit, UnitOutcome } from '../model/run.ts'
import { randomStream } from '../stats/random-stream.ts'
import type { CallContext, Line } from './call-model.ts'
import type { AnyGenerator, Ask, Proposal } from './define.ts'
import { type Asker, openDoor } from './door.ts'
import { Gate } from './gate.ts'
import type { OpenCritics } from './open-critics.ts'
import type { LanguageModel } from './ports.ts'
import type { RunPlugins } from './run-plugins.ts'
import { RunStop, UnitFault } from './run-stop.ts'

export interface Proposing {
  snapshot: Snapshot
  plugins: RunPlugins
  critics: OpenCritics
  calls: CallContext
  /** The line to a provider, by its name. */
  lineOf: (name: string) => Line
}

/** Throws only what stops the run; whatever else happens is the unit’s outcome. */
export async function proposeUnit(proposing: Proposing, unit: Unit, round: Round): Promise<UnitOutcome> {
  const calls: string[] = []
  const gate = new Gate()
  try {
    const proposals = await propose(proposing, unit, round, calls, gate)
    const candidates = await Promise.all(
      proposals.map((proposal, index) => judged(proposing, candidateOf(proposal, unit, index), unit, round, gate)),
    )
    for (const key of candidates.flatMap(({ verdicts }) => verdicts.flatMap(verdict => verdict.calls ?? []))) {
      if (!calls.includes(key)) calls.push(key)
    }
    return { state: 'proposed', candidates, calls }
  } catch (error) {
    if (error instanceof UnitFault) return { state: 'failed', code: error.code, message: error.message, calls }
    if (error instanceof RunStop || error instanceof CultivarError || proposing.calls.stopping.aborted) throw error
    // A plug-in that throws must not end the run of everything else.
    return {
      state: 'failed',
      code: 'plug-in-error',
      message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
      calls,
    }
  } finally {
    await gate.close()
  }
}

export function unitStream(snapshot: Snapshot, unit: Unit) {
  return randomStream(`${snapshot.recipe.seed}`).fork(unit.cell).fork(unit.cellOrdinal)
}

async function propose(
  { snapshot, plugins, calls: context, lineOf }: Proposing,
  unit: Unit,
  round: Round,
  calls: string[],
  gate: Gate,
): Promise<Proposal[]> {
  const generator: AnyGenerator = plugins.generator
  const { teacher, critic, redact } = plugins
  const door = (role: string, model: LanguageModel | undefined, sample: Asker['sample']): Ask =>
    model
      ? openDoor(context, { unit: unit.ordinal, line: lineOf(model.name), sample, redact, calls })
      : () => Promise.reject(nobodyToAsk(generator, role))
  const doors = {
    teacher: door('teacher', teacher, occurrence => ({
      seed: snapshot.recipe.seed,
      cell: unit.cell,
      ordinal: unit.cellOrdinal,
      occurrence,
      ...(snapshot.salt === undefined ? {} : { salt: snapshot.salt }),
    })),
    once: door('teacher', teacher, () => 0),
    // What is equal is judged once, wherever it comes up.
    critic: door('critic', critic, () => 0),
  }
  const ask: Ask = request => doors[request.role === 'critic' ? 'critic' : request.once ? 'once' : 'teacher'](request)
  return generator.propose({
    params: plugins.params,
    material: snapshot.material,
    project: plugins.project,
    cell: unit.cell,
    cellOrdinal: unit.cellOrdinal,
    asks: unit.asks,
    feedback: round.feedback[unit.cell] ?? { kept: [], disliked: [] },
    random: unitStream(snapshot, unit),
    ask: gate.through(ask),
    ...(plugins.findSimulation && { findSimulation: plugins.findSimulation }),
  })
}

function nobodyToAsk({ kind }: AnyGenerator, role: string): UnitFault {
  return new UnitFault('request-refused', `Generator “${kind}” asked a model, but the run has no ${role}.`)
}

function candidateOf(proposal: Proposal, unit: Unit, place: number): Candidate {
  const { fields = {}, labels = [], spans = [], cell = unit.cell, call, index = place } = proposal
  const { seeds, steps, tags, split, reject } = proposal
  const rejected = reject ? [{ critic: reject.critic, pass: false, reason: reject.reason }] : []
  return {
    fields,
    labels,
    spans,
    cell,
    ...(call === undefined ? {} : { call }),
    index,
    ...(seeds === undefined ? {} : { seeds }),
    ...(steps === undefined ? {} : { steps }),
    ...(tags === undefined ? {} : { tags }),
    ...(split === undefined ? {} : { split }),
    verdicts: [...(proposal.verdicts ?? []), ...rejected],
  }
}

/** Pure critics, then those that know what was kept when the round was planned, then models: nobody pays to judge a known duplicate. */
async function judged(
  { critics, plugins, calls: context, lineOf }: Proposing,
  candidate: Candidate,
  unit: Unit,
  round: Round,
  gate: Gate,
): Promise<Candidate> {
  const { verdicts } = candidate
  if (verdicts.some(verdict => !verdict.pass)) return candidate
  for (const { pure } of critics.pure) {
    const { revised, ...verdict } = pure.judge(candidate)
    verdicts.push(revised ? { ...verdict, mended: true } : verdict)
    if (!verdict.pass) return candidate
    if (revised) Object.assign(candidate, revised)
  }
  for (const { known } of critics.known) {
    const verdict = known.judge(candidate, round.known)
    // A pass is not final yet: selection looks again, at everything kept by then.
    if (!verdict.pass) {
      verdicts.push(verdict)
      return candidate
    }
  }
  for (const { kind, judge, provider } of critics.models) {
    const made: string[] = []
    const ask = openDoor(context, {
      unit: unit.ordinal,
      line: lineOf(provider),
      sample: () => 0,
      redact: plugins.redact,
      calls: made,
    })
    const verdict = await judge.judge(candidate, gate.through(ask)).catch((error): Verdict => {
      // One candidate that cannot be judged must not cost its unit the others.
      if (error instanceof UnitFault && error.code !== 'gave-up')
        return { critic: kind, pass: false, reason: `could not be judged: ${error.message}` }
      throw error
    })
    verdicts.push({ ...verdict, calls: made })
    if (!verdict.pass) return candidate
  }
  return candidate
}
