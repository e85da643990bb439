/** What a provider kind is: where its service lives, how its SDK package is opened, how its models are listed. */
import type { EmbeddingModelV4, LanguageModelV4, SharedV4ProviderOptions } from '@ai-sdk/provider'
import type { Provider, ServiceKind } from '../model/provider.ts'

export type Fetch = typeof globalThis.fetch

/** What an endpoint as users paste it says: the base URL (no slash at its end), and what else stood in it. */
export interface Address {
  baseUrl: string
  /** The model (Azure: deployment) that the URL names. */
  model?: string
  apiVersion?: string
}

/** What an SDK package needs. `apiKey` is empty, never absent: packages would look for one in the process environment. */
export interface AdapterSettings extends Address {
  apiKey: string
  headers: Record<string, string>
  /** Query parameters of the endpoint, sent with each request where the package can. */
  query: Record<string, string>
  fetch: Fetch
}

export interface Adapter {
  kind: ServiceKind
  /** Endpoint of the service itself; absent where the user must name one. */
  endpoint?: string
  readAddress(endpoint: URL): Address
  /** Imports the package only now, so that commands which send nothing start fast. */
  open(settings: AdapterSettings): Promise<{
    chat(model: string): LanguageModelV4
    embedding?(model: string): EmbeddingModelV4
  }>
  /** What the package must be told beyond the common call options. */
  providerOptions?(provider: Provider): SharedV4ProviderOptions
  /** How models are listed: `GET baseUrl/path`. Absent where the service cannot say what this key may use. */
  listing?: {
    path: string
    headers(apiKey: string): Record<string, string>
    /** Names in a parsed answer, in its order; undefined if it is no such list. */
    read(body: unknown): string[] | undefined
  }
}

/** The path without its last slash and without the operation that full URLs end in. */
export function basePath(endpoint: URL, operation: RegExp): string {
  return endpoint.pathname.replace(/\/+$/, '').replace(operation, '').replace(/\/+$/, '')
}
