/** Checking a local model: does it load, how fast is it, what was it made for. */
import { cpus } from 'node:os'
import type { Provider } from '../../model/provider.ts'
import type { ProviderCheck } from '../check.ts'
import type { Engine } from './engine.ts'
import { createLocalModel, type LocalModelOptions, threadsOf, unusable } from './local-model.ts'
import { UnusableModel } from './weights.ts'

const answerTokens = 32

/** Loads the model, asks it for a few words, and frees it again. */
export async function checkLocalModel(provider: Provider, options: LocalModelOptions): Promise<ProviderCheck> {
  const model = createLocalModel(provider, options)
  const found: ProviderCheck = {
    ok: false,
    endpoint: model.endpoint,
    reachable: true,
    authorised: null,
    model: model.model,
    modelExists: true,
    models: [model.model],
    serves: null,
    jsonMode: null,
    latencyMs: null,
    message: '',
    hint: '',
  }
  try {
    const engine = await model.load()
    const signal = new AbortController().signal
    const started = performance.now()
    const { reply, fault } = await model.send(
      {
        kind: 'chat',
        messages: [{ role: 'user', content: 'Once upon a time' }],
        temperature: 0,
        maxOutputTokens: answerTokens,
      },
      signal,
    )
    const latencyMs = Math.round(performance.now() - started)
    const described = description(engine, options, provider)
    if (reply) {
      const perSecond = Math.round((1000 * reply.outputTokens) / Math.max(1, latencyMs))
      const message = `${described} It writes ${perSecond} tokens a second.`
      return { ...found, ok: true, serves: 'chat', jsonMode: model.jsonMode, latencyMs, message, hint: hintOf(engine) }
    }
    const embedded = await model.send({ kind: 'embed', texts: ['test'] }, signal)
    if (embedded.fault) return { ...found, message: fault.message, hint: 'Is it a model that writes text?' }
    const hint = 'It serves as embedder, not as teacher or critic.'
    return { ...found, ok: true, serves: 'embeddings', message: `${described} It embeds texts.`, hint }
  } catch (error) {
    if (!(error instanceof UnusableModel)) throw error
    return { ...found, message: unusable(error, model.model).message, hint: 'See docs/guides/run-without-a-cloud.md.' }
  } finally {
    await model.close()
  }
}

function description(engine: Engine, { file, modelName }: LocalModelOptions, provider: Provider): string {
  const size = file.bytes < 1e8 ? `${(file.bytes / 1e6).toFixed(1)} MB` : `${(file.bytes / 1e9).toFixed(1)} GB`
  const threads = threadsOf(provider)
  return [
    `${modelName} (${engine.architecture}, ${size}) loads on ${engine.gpu === false ? 'the processor' : engine.gpu},`,
    `${threads} of ${cpus().length} threads; context of ${engine.contextTokens} tokens for each of ${provider.concurrency} at once;`,
    engine.hasTemplate ? 'with a chat template.' : 'no chat template.',
  ].join(' ')
}

function hintOf({ hasTemplate, contextTokens, trainedTokens }: Engine): string {
  const hints = [
    ...(hasTemplate
      ? []
      : ['A model without a chat template was not taught to obey: it goes on with the text of the prompt.']),
    ...(contextTokens > trainedTokens
      ? [`It was trained on texts of ${trainedTokens} tokens: beyond them it may write nonsense.`]
      : []),
  ]
  return hints.join(' ') || 'Its grammar keeps to JSON schemas.'
}
