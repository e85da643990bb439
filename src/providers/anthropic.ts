/** Anthropic's messages API. It serves no embeddings. */
import { type Adapter, basePath } from './adapter.ts'
import { openaiListing } from './openai.ts'

export const anthropic: Adapter = {
  kind: 'anthropic',
  endpoint: 'https://api.anthropic.com/v1',
  readAddress: url => ({ baseUrl: url.origin + (basePath(url, /\/(messages|models)$/) || '/v1') }),
  async open({ baseUrl, apiKey, headers, fetch }) {
    const { createAnthropic } = await import('@ai-sdk/anthropic')
    const service = createAnthropic({ baseURL: baseUrl, apiKey, headers, fetch })
    return { chat: model => service.languageModel(model) }
  },
  listing: {
    ...openaiListing!,
    path: '/models?limit=1000',
    headers: apiKey => ({ 'x-api-key': apiKey, 'anthropic-version': '2023-06-01' }),
  },
}
