/** Checking a provider: does it answer, does it know us, has it the model, how does it take JSON. */
import type { Provider } from '../model/provider.ts'
import type { Fault, JsonMode } from '../model/request.ts'
import { nearestName } from '../text/nearest-name.ts'
import { type ConnectionOptions, connect } from './connection.ts'
import { createLanguageModel } from './language-model.ts'
import { listModels } from './list-models.ts'
import { probeJsonMode } from './probe-json-mode.ts'

/** What a check found; `null`: not found out. */
export interface ProviderCheck {
  ok: boolean
  endpoint: string
  reachable: boolean
  authorised: boolean | null
  /** The model that was tried: the provider's, or else the first listed. */
  model: string | null
  modelExists: boolean | null
  /** Empty where the server does not list them. */
  models: string[]
  serves: 'chat' | 'embeddings' | null
  jsonMode: JsonMode | null
  /** Of one tiny call. */
  latencyMs: number | null
  message: string
  hint: string
}

/** A few tiny calls. What servers and networks do is in the answer; throws `bad-input` if the settings cannot work. */
export async function checkProvider(provider: Provider, options: ConnectionOptions): Promise<ProviderCheck> {
  const { endpoint, model: addressed } = connect(provider, options)
  const listing = await listModels(provider, options)
  const models = listing.models ?? []
  const model = addressed ?? provider.model ?? models[0] ?? null
  const found: ProviderCheck = { ...nothing, endpoint, model, models }
  if (listing.fault && (isUnreachable(listing.fault) || isUnauthorised(listing.fault))) {
    return { ...found, ...explained(listing.fault, found) }
  }
  if (!model) {
    return {
      ...found,
      message: `${endpoint} names no model.`,
      hint: 'Load a model there, or say which one it is.',
    }
  }
  const tried = { ...provider, model }
  const probe = await probeJsonMode(tried, options)
  if (!probe.fault) {
    const { jsonMode, latencyMs } = probe
    const message = `${endpoint} answers with ${model} in ${latencyMs} ms.`
    return { ...found, ...fine, serves: 'chat', jsonMode, latencyMs, message, hint: jsonHints[jsonMode] }
  }
  const latencyMs = mayEmbed(probe.fault) ? await embedLatency(tried, options) : null
  if (latencyMs === null) return { ...found, ...explained(probe.fault, found) }
  const message = `${endpoint} embeds texts with ${model} in ${latencyMs} ms.`
  const hint = 'It serves as embedder, not as teacher or critic.'
  return { ...found, ...fine, serves: 'embeddings', latencyMs, message, hint }
}

const nothing: Omit<ProviderCheck, 'endpoint' | 'model' | 'models'> = {
  ok: false,
  reachable: true,
  authorised: null,
  modelExists: null,
  serves: null,
  jsonMode: null,
  latencyMs: null,
  message: '',
  hint: '',
}
const fine = { ok: true, authorised: true, modelExists: true }

const jsonHints: Record<JsonMode, string> = {
  schema: 'It keeps to JSON schemas.',
  object: 'It writes JSON, but knows no schemas: replies are validated here.',
  prompt: 'It has no JSON mode: JSON is asked for in words, and replies are repaired and validated here.',
}

/** Network faults carry no status. */
function isUnreachable(fault: Fault): boolean {
  return fault.status === undefined && (fault.kind === 'transient' || fault.kind === 'lost' || fault.kind === 'account')
}

function isUnauthorised(fault: Fault): boolean {
  return fault.status === 401 || fault.status === 403 || fault.status === 407
}

function mayEmbed(fault: Fault): boolean {
  return fault.kind === 'request' || fault.status === 404 || (fault.kind === 'transient' && fault.status !== undefined)
}

async function embedLatency(provider: Provider, options: ConnectionOptions): Promise<number | null> {
  const started = performance.now()
  const model = createLanguageModel(provider, options)
  const { reply } = await model.send({ kind: 'embed', texts: ['test'] }, new AbortController().signal)
  return reply ? Math.round(performance.now() - started) : null
}

function explained(fault: Fault, { model, models, endpoint }: ProviderCheck): Partial<ProviderCheck> {
  const { message } = fault
  if (isUnreachable(fault)) {
    const hint = 'Is the server running, and is the address right? Behind a company proxy, set HTTPS_PROXY.'
    return { reachable: false, message, hint }
  }
  if (isUnauthorised(fault)) {
    return { authorised: false, message, hint: 'Check the key: is it of this service, whole, and still valid?' }
  }
  if (fault.kind === 'quota') return { authorised: true, message, hint: 'Add credit, or wait for the quota to renew.' }
  if (fault.kind === 'rate-limit') {
    return { authorised: true, message, hint: 'It limits the rate just now: wait, then check again.' }
  }
  if (model !== null && models.length > 0 && !models.includes(model)) {
    const near = nearestName(model, models)
    const others = near ? `Did you mean “${near}”?` : `It lists ${models.slice(0, 10).join(', ')}.`
    return { modelExists: false, message: `There is no model “${model}”: ${message}`, hint: others }
  }
  if (fault.status === 404) {
    const hint = `Check the model’s name, and the endpoint’s path (${endpoint}): most servers want /v1 at its end.`
    return { modelExists: false, message, hint }
  }
  return { message, hint: 'The server answers, but did not serve a tiny request: see its log.' }
}
