/** What a person fills in about a provider, and the settings it stands for. */
import type { Provider, ProviderInput } from '../../../../src/model/provider.ts'

export interface ProviderDraft {
  name: string
  kind: ProviderInput['kind']
  model: string
  endpoint: string
  keyFrom: 'typed' | 'variable' | 'none'
  apiKey: string
  apiKeyEnv: string
  terms: string
  sha256: string
  /** Empty text: as by default. */
  numbers: Record<NumberSetting, number | ''>
}

export type NumberSetting = 'inputUsdPerMillion' | 'outputUsdPerMillion' | 'concurrency' | 'rpm' | 'tpm'

export const numberSettings: { name: NumberSetting; label: string; hint: string }[] = [
  {
    name: 'inputUsdPerMillion',
    label: 'Price of a million input tokens',
    hint: 'In dollars; for estimates and budgets',
  },
  { name: 'outputUsdPerMillion', label: 'Price of a million output tokens', hint: 'In dollars' },
  { name: 'concurrency', label: 'Most calls at once', hint: '8, unless you say otherwise' },
  { name: 'rpm', label: 'Most requests a minute', hint: 'No limit, unless you say one' },
  { name: 'tpm', label: 'Most tokens a minute', hint: 'No limit, unless you say one' },
]

const noNumbers: ProviderDraft['numbers'] = {
  ...{ inputUsdPerMillion: '', outputUsdPerMillion: '', concurrency: '', rpm: '', tpm: '' },
}

export function emptyDraft(kind: ProviderInput['kind'], name: string): ProviderDraft {
  return {
    ...{ name, kind, model: '', endpoint: '', keyFrom: 'typed', apiKey: '', apiKeyEnv: '', terms: '', sha256: '' },
    numbers: noNumbers,
  }
}

export function draftOf(provider: Provider, key: 'stored' | 'environment' | 'none'): ProviderDraft {
  const { name, kind, model = '', endpoint = '', apiKeyEnv = '', terms = '', sha256 = '' } = provider
  const numbers = Object.fromEntries(numberSettings.map(({ name }) => [name, provider[name] ?? '']))
  return {
    ...{ name, kind, model, endpoint, apiKeyEnv, terms, sha256, apiKey: '' },
    keyFrom: key === 'environment' ? 'variable' : key === 'stored' ? 'typed' : 'none',
    numbers: { ...noNumbers, ...numbers },
  }
}

/** The settings, and the key if one was typed. */
export function settingsOf(draft: ProviderDraft): { settings: ProviderInput; apiKey?: string } {
  const { name, kind, keyFrom, apiKey, apiKeyEnv, numbers } = draft
  const texts = Object.entries({
    model: draft.model,
    endpoint: draft.endpoint,
    terms: draft.terms,
    sha256: draft.sha256,
  })
  const given = [...texts.map(([member, text]) => [member, text.trim()] as const), ...Object.entries(numbers)]
  return {
    settings: {
      name: name.trim(),
      kind,
      ...Object.fromEntries(given.filter(([, value]) => value !== '')),
      ...(keyFrom === 'variable' && apiKeyEnv.trim() && { apiKeyEnv: apiKeyEnv.trim() }),
    },
    ...(keyFrom === 'typed' && apiKey.trim() && { apiKey: apiKey.trim() }),
  }
}
