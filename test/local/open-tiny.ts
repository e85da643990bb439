/** Opens a model of random weights in this process, closed and gone when the test ends. */
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { type ProviderInput, provider as providerSchema } from '../../src/model/provider.ts'
import type { ChatRequest, Reply } from '../../src/model/request.ts'
import { identifyModel } from '../../src/providers/local/gguf-file.ts'
import { findLlama } from '../../src/providers/local/install.ts'
import { createLocalModel, type LocalModel } from '../../src/providers/local/local-model.ts'
import { temporaryFolder } from '../temporary-workspace.ts'
import { writeTinyModel } from './tiny-model.ts'

/** The folder with node-llama-cpp. */
export const llamaFolder = process.env['CULTIVAR_LLAMA'] ?? ''

export async function openTiny(
  settings: Partial<ProviderInput> = {},
  path = writeTinyModel(temporaryFolder()),
): Promise<LocalModel> {
  const provider = providerSchema.parse({ name: 'tiny', kind: 'local', model: path, concurrency: 2, ...settings })
  const file = await identifyModel(path, { cacheFile: join(temporaryFolder(), 'hashes.json') })
  const entry = await findLlama({ chosen: llamaFolder, own: '' })
  const model = createLocalModel(provider, { entry, file, modelName: 'tiny.gguf' })
  onTestFinished(() => model.close())
  return model
}

export function saying(content: string, more: Partial<ChatRequest> = {}): ChatRequest {
  return { kind: 'chat', messages: [{ role: 'user', content }], maxOutputTokens: 60, ...more }
}

/** The reply, or a failed test. */
export async function replyOf(model: LocalModel, request: ChatRequest, call?: string): Promise<Reply> {
  const { reply, fault } = await model.send(request, new AbortController().signal, call)
  if (reply) return reply
  throw new Error(`no reply: ${fault.kind}: ${fault.message}`)
}
