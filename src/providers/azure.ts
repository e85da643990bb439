/** OpenAI models on Azure: by resource, or by the full URL of one deployment with its `api-version`. */
import { type Adapter, type Address, basePath } from './adapter.ts'
import { openaiOperation, openaiOptions } from './openai.ts'

const deploymentPath = /^(.*\/openai)\/deployments\/([^/]+)/

function readAddress(url: URL): Address {
  const apiVersion = url.searchParams.get('api-version')
  const deployment = deploymentPath.exec(url.pathname)
  const path = basePath(url, openaiOperation)
  return {
    baseUrl: url.origin + (deployment?.[1] ?? (path || '/openai')),
    ...(deployment ? { model: decodeURIComponent(deployment[2]!) } : {}),
    ...(apiVersion ? { apiVersion } : {}),
  }
}

export const azure: Adapter = {
  kind: 'azure',
  readAddress,
  async open({ baseUrl, apiVersion, apiKey, headers, fetch }) {
    const { createAzure } = await import('@ai-sdk/azure')
    const service = createAzure({
      baseURL: baseUrl,
      apiKey,
      headers,
      fetch,
      ...(apiVersion && !baseUrl.endsWith('/v1') ? { apiVersion, useDeploymentBasedUrls: true } : {}),
    })
    return { chat: model => service.chat(model), embedding: model => service.embeddingModel(model) }
  },
  providerOptions: openaiOptions,
}
