/** The door to a provider outside of a run: replies go to the ledger, so that the same question is not paid for twice. */
import type { CallContext } from '../engine/call-model.ts'
import type { Ask } from '../engine/define.ts'
import { openDoor } from '../engine/door.ts'
import { Limiter } from '../engine/limiter.ts'
import type { LanguageModel, Settlement } from '../engine/ports.ts'
import { RunStop } from '../engine/run-stop.ts'
import { CultivarError } from '../model/error.ts'
import type { Project } from '../model/project.ts'
import { redact } from '../text/redact.ts'
import { openModel, probeProvider } from './providers.ts'
import type { Workspace } from './workspace.ts'

export interface OpenAsk {
  ask: Ask
  close(): Promise<void>
}

const attempts = 5

/**
 * Each question is one sample: asked again, it has the same answer. Nothing is reserved, since there is no budget but the provider's
 * own limits. `ask` rejects with UnitFault for a question that cannot be answered, and CultivarError (`provider-failed`, `interrupted`)
 * where none can.
 *
 * @throws CultivarError `not-found`, `egress-denied`, `bad-input` if the project may not use the provider.
 */
export async function openAsk(
  workspace: Workspace,
  provider: string,
  project: Project,
  { signal = new AbortController().signal }: { signal?: AbortSignal } = {},
): Promise<OpenAsk> {
  const { runs, clock } = workspace
  const stored = (await workspace.store.findProvider(provider))?.provider.jsonMode
  const jsonMode = stored ?? (await probeProvider(workspace, provider, project))
  const model = await openModel(workspace, provider, project, jsonMode)
  const ended = new AbortController()
  const stopping = AbortSignal.any([signal, ended.signal])
  const settle = async (settlement: Settlement) =>
    (await runs.settleAttempts([settlement], clock.now())).get(settlement.key)
  const find = async (key: string) => (await runs.findReplies([key])).get(key)
  const context: CallContext = {
    // It belongs to no run, and nothing is reserved for it.
    ledger: { find, settle, open: async () => undefined },
    ...{
      clock,
      run: '',
      fence: 0,
      attempts,
      underWay: new Map(),
      nextAttempt: clock.now(),
      stopping,
      aborting: stopping,
    },
  }
  const line = {
    model,
    limiter: new Limiter(clock, model.limits, stopping, () => undefined),
    giveUpsInARow: 0,
    lastReplyMs: clock.now(),
  }
  const door = (): Ask =>
    openDoor(context, { unit: 0, line, sample: () => 0, calls: [], ...(redacts(project, model) && { redact }) })
  return {
    async ask(request) {
      try {
        return await door()(request)
      } catch (error) {
        throw signal.aborted ? stopped() : error instanceof RunStop ? failed(error) : error
      }
    },
    async close() {
      ended.abort()
      await model.close?.()
    },
  }
}

function redacts(project: Project, { loopback }: LanguageModel): boolean {
  return project.egress === 'redacted' && !loopback
}

function stopped(): CultivarError {
  return new CultivarError(
    'interrupted',
    'Stopped while a provider was asked.',
    'Answers that came are in the ledger: the next try gets them from there.',
  )
}

function failed({ end }: RunStop): CultivarError {
  return new CultivarError('provider-failed', end.reason, end.hint)
}
