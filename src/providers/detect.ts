/** Model servers that people run on their own machine, and which of them answer now. */
import { provider } from '../model/provider.ts'
import type { Environment } from './http-client.ts'
import { listModels } from './list-models.ts'

/** Name → endpoint; all speak OpenAI's chat completions. */
export const presets: Record<string, string> = {
  ollama: 'http://127.0.0.1:11434/v1',
  'lm-studio': 'http://127.0.0.1:1234/v1',
  'llama-cpp': 'http://127.0.0.1:8080/v1',
  vllm: 'http://127.0.0.1:8000/v1',
  'ai-toolkit': 'http://127.0.0.1:5272/v1',
}

export interface DetectedProvider {
  name: string
  endpoint: string
  models: string[]
}

const detectMs = 500

/** Those that list models on loopback within half a second, in the order of the presets. */
export async function detectProviders(options: {
  environment: Environment
  presets?: Record<string, string>
}): Promise<DetectedProvider[]> {
  const found = await Promise.all(
    Object.entries(options.presets ?? presets).map(async ([name, endpoint]) => {
      const candidate = provider.parse({ name, kind: 'openai-compatible', endpoint, timeoutMs: detectMs })
      const { models } = await listModels(candidate, options)
      return models ? { name, endpoint, models } : undefined
    }),
  )
  return found.filter(one => one !== undefined)
}
