/** The built-in provider kinds. */
import type { ProviderKind } from '../model/provider.ts'
import type { Adapter } from './adapter.ts'
import { anthropic } from './anthropic.ts'
import { azure } from './azure.ts'
import { google } from './google.ts'
import { openai } from './openai.ts'
import { openaiCompatible } from './openai-compatible.ts'

export const adapters: Record<ProviderKind, Adapter> = {
  openai,
  azure,
  anthropic,
  google,
  'openai-compatible': openaiCompatible,
}
