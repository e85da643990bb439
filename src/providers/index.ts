/** The built-in kinds of services. */
import type { Provider, ServiceKind } from '../model/provider.ts'
import type { Adapter } from './adapter.ts'
import { anthropic } from './anthropic.ts'
import { azure } from './azure.ts'
import { google } from './google.ts'
import { openai } from './openai.ts'
import { openaiCompatible } from './openai-compatible.ts'

const adapters: Record<ServiceKind, Adapter> = {
  openai,
  azure,
  anthropic,
  google,
  'openai-compatible': openaiCompatible,
}

/** Of a service; a local model is opened another way. */
export function adapterOf({ kind }: Pick<Provider, 'kind'>): Adapter {
  if (kind === 'local') throw new Error('a local model is no service')
  return adapters[kind]
}
