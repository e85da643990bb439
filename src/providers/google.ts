/** Google's Gemini API. */
import { z } from 'zod'
import { type Adapter, basePath } from './adapter.ts'

const modelList = z.object({ models: z.array(z.object({ name: z.string() })) })

export const google: Adapter = {
  kind: 'google',
  endpoint: 'https://generativelanguage.googleapis.com/v1beta',
  readAddress(url) {
    const model = /\/models\/([^/:]+)/.exec(url.pathname)?.[1]
    return {
      baseUrl: url.origin + (basePath(url, /\/models(\/.*)?$/) || '/v1beta'),
      ...(model ? { model } : {}),
    }
  },
  async open({ baseUrl, apiKey, headers, fetch }) {
    const { createGoogle } = await import('@ai-sdk/google')
    const service = createGoogle({ baseURL: baseUrl, apiKey, headers, fetch })
    return { chat: model => service.languageModel(model), embedding: model => service.embeddingModel(model) }
  },
  listing: {
    path: '/models?pageSize=1000',
    headers: apiKey => ({ 'x-goog-api-key': apiKey }),
    read: body => modelList.safeParse(body).data?.models.map(model => model.name.replace(/^models\//, '')),
  },
}
