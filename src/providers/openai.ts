/** OpenAI's own service, through chat completions. */
import type { SharedV4ProviderOptions } from '@ai-sdk/provider'
import { z } from 'zod'
import type { Provider } from '../model/provider.ts'
import { type Adapter, basePath } from './adapter.ts'

const modelList = z.object({ data: z.array(z.object({ id: z.string() })) })

/** Where a full URL of OpenAI's API stops being its base. */
export const openaiOperation = /\/(chat\/completions|completions|embeddings|responses|models)$/

/** `GET /models` as OpenAI and all who copy it answer it. */
export const openaiListing: Adapter['listing'] = {
  path: '/models',
  headers: apiKey => ({ authorization: `Bearer ${apiKey}` }),
  read: body => modelList.safeParse(body).data?.data.map(model => model.id),
}

/**
 * Strict schemas forbid optional members and several keywords with a 400, so they are off: replies are validated anyway.
 * A model that takes no temperature is a reasoning model, which the name of an Azure deployment does not tell.
 */
export function openaiOptions(provider: Provider): SharedV4ProviderOptions {
  const reasoning = provider.temperature ? {} : { forceReasoning: true, systemMessageMode: 'system' }
  return { openai: { strictJsonSchema: false, ...reasoning } }
}

export const openai: Adapter = {
  kind: 'openai',
  endpoint: 'https://api.openai.com/v1',
  readAddress: url => ({ baseUrl: url.origin + (basePath(url, openaiOperation) || '/v1') }),
  async open({ baseUrl, apiKey, headers, fetch }) {
    const { createOpenAI } = await import('@ai-sdk/openai')
    const service = createOpenAI({ baseURL: baseUrl, apiKey, headers, fetch })
    return { chat: model => service.chat(model), embedding: model => service.embeddingModel(model) }
  },
  providerOptions: openaiOptions,
  listing: openaiListing,
}
