/** The provider that API_ENDPOINT, API_KEY and MODEL describe. */
import { type Provider, provider, type ServiceKind } from '../model/provider.ts'
import { detectProviders, presets } from './detect.ts'
import { parseEndpoint } from './egress.ts'
import type { Environment } from './http-client.ts'
import { adapterOf } from './index.ts'
import { listModels } from './list-models.ts'

const name = 'environment'

/**
 * API_ENDPOINT unset: AI Toolkit's server on this machine, if it answers, else null. MODEL unset: the deployment that the
 * endpoint names, else the first model listed, else none. Throws `bad-input` if API_ENDPOINT is no URL.
 */
export async function providerFromEnvironment(
  environment: Environment,
  localEndpoint = presets['ai-toolkit']!,
): Promise<{ provider: Provider; apiKey?: string } | null> {
  const apiKey = environment['API_KEY']?.trim() || undefined
  const endpoint = environment['API_ENDPOINT']?.trim() || (await answering(localEndpoint, environment))
  if (!endpoint) return null
  const url = parseEndpoint(endpoint)
  const kind = kindOf(url)
  const found = provider.parse({ name, kind, endpoint })
  const options = apiKey ? { apiKey, environment } : { environment }
  const model =
    adapterOf({ kind }).readAddress(url).model ??
    (environment['MODEL']?.trim() || (await listModels(found, options)).models?.[0])
  return { provider: { ...found, ...(model ? { model } : {}) }, ...(apiKey ? { apiKey } : {}) }
}

async function answering(endpoint: string, environment: Environment): Promise<string | undefined> {
  const [found] = await detectProviders({ environment, presets: { [name]: endpoint } })
  return found?.endpoint
}

/** By host and path. The OpenAI-compatible faces of Google and Azure's other models are just that. */
function kindOf({ hostname, pathname }: URL): ServiceKind {
  if (/\/openai\/deployments\//.test(pathname) || hostname.endsWith('.openai.azure.com')) return 'azure'
  if (hostname === 'api.openai.com') return 'openai'
  if (hostname === 'api.anthropic.com') return 'anthropic'
  if (hostname === 'generativelanguage.googleapis.com' && !pathname.includes('/openai')) return 'google'
  return 'openai-compatible'
}
