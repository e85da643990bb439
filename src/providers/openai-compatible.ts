/** Any server that speaks OpenAI's chat completions: Ollama, LM Studio, llama.cpp, vLLM, gateways. */
import { type Adapter, basePath } from './adapter.ts'
import { openaiListing, openaiOperation } from './openai.ts'

export const openaiCompatible: Adapter = {
  kind: 'openai-compatible',
  readAddress: url => ({ baseUrl: url.origin + basePath(url, openaiOperation) }),
  async open({ baseUrl, apiKey, headers, query, fetch }) {
    const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible')
    const service = createOpenAICompatible({
      name: 'compatible',
      baseURL: baseUrl,
      apiKey,
      headers,
      fetch,
      queryParams: query,
      supportsStructuredOutputs: true,
    })
    return { chat: model => service.chatModel(model), embedding: model => service.embeddingModel(model) }
  },
  providerOptions: () => ({ openaiCompatible: { strictJsonSchema: false } }),
  listing: openaiListing,
}
